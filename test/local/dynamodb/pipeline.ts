import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

/** One operation and its low-level input. */
export type Call = readonly [operation: string, input: object];

/**
 * Sends all calls in one packet, so that the table has every one of them before it has finished the first, and answers
 * their bodies in order. With a client of its own for each call they would arrive too far apart to meet.
 */
export async function pipeline(endpoint: string, calls: readonly Call[]): Promise<Record<string, unknown>[]> {
  const { hostname, port } = new URL(endpoint);
  const socket = connect(Number(port), hostname);
  const requests = calls.map(([operation, input], position) => {
    const body = JSON.stringify(input);
    return [
      'POST / HTTP/1.1',
      `host: ${hostname}`,
      `x-amz-target: DynamoDB_20120810.${operation}`,
      'authorization: AWS4-HMAC-SHA256 Credential=local',
      `connection: ${position === calls.length - 1 ? 'close' : 'keep-alive'}`,
      `content-length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n');
  });
  socket.write(requests.join(''));
  const answers = await text(socket);
  return [...answers.matchAll(/\r\n\r\n(\{.*?\})(?=HTTP\/1\.1 |$)/gs)].map(([, body = '']) => JSON.parse(body));
}
