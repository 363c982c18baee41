import { Key } from 'aws-cdk-lib/aws-kms';
import { Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { IMPORT_KEPT_DAYS } from '../../shared/domain/booking-import/booking-import.ts';
import { IMPORT_FILES_PREFIX } from '../../shared/domain/booking-import/import-files.ts';
import type { Names } from '../config/names.ts';
import type { StageConfig } from '../config/stage.ts';
import { PlatformSecret } from '../constructs/platform-secret.ts';
import { PrivateBucket } from '../constructs/private-bucket.ts';
import { SingleTable } from '../constructs/single-table.ts';

interface DataStackProps extends StackProps {
  readonly stage: StageConfig;
  readonly names: Names;
}

/** A drop goes 72 hours after its check-in day (ruling 8); this takes what no run ever came to. */
const DROP_BACKSTOP_DAYS = 30;

/** Everything that has to survive a deployment: table, buckets, key and secrets. */
export class DataStack extends Stack {
  constructor(scope: Construct, id: string, props: DataStackProps) {
    super(scope, id, { ...props, terminationProtection: props.stage.keepsData });
    const { names, stage } = props;
    new SingleTable(this, 'Data', { tableName: names.table, keepsData: stage.keepsData });
    new Key(this, 'Key', {
      alias: names.kmsAlias,
      description: "Wraps the tenants' data keys",
      enableKeyRotation: true,
      rotationPeriod: Duration.days(365),
      removalPolicy: stage.keepsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    this.#addBuckets(props);
    this.#addSecrets(props);
  }

  #addBuckets({ names, stage: { keepsData, settings } }: DataStackProps): void {
    const origins = settings.ALLOWED_ORIGINS.split(',').flatMap((origin) => origin.trim() || []);
    const accessLogs = new PrivateBucket(this, 'AccessLogs', {
      bucketName: names.bucket('access-logs'),
      keepsData,
      expiry: [{ days: DROP_BACKSTOP_DAYS }],
    });
    new PrivateBucket(this, 'Arrivals', {
      bucketName: names.bucket('arrivals'),
      keepsData,
      accessLogs,
      origins,
      expiry: [
        { prefix: 'arrivals/', days: DROP_BACKSTOP_DAYS },
        { prefix: 'results/', days: DROP_BACKSTOP_DAYS },
        { prefix: IMPORT_FILES_PREFIX, days: IMPORT_KEPT_DAYS },
      ],
    });
    new PrivateBucket(this, 'Photos', {
      bucketName: names.bucket('photos'),
      keepsData,
      accessLogs,
      origins,
      // What came by a form and nobody could work on.
      expiry: [{ prefix: 'staged-photos/', days: 1 }],
    });
    new PrivateBucket(this, 'Exports', {
      bucketName: names.bucket('exports'),
      keepsData,
      accessLogs,
      origins,
      expiry: [{ days: 1 }],
    });
  }

  #addSecrets({ names, stage: { keepsData } }: DataStackProps): void {
    const common = { prefix: names.secretsPrefix, keepsData };
    new PlatformSecret(this, 'JwtSecretKey', {
      ...common,
      name: 'JWT_SECRET_KEY',
      description: 'Signs access tokens',
      value: 'generated',
      whyNotRotated:
        'A person rotates it by adding a version: the previous one verifies until its tokens have expired.',
    });
    new PlatformSecret(this, 'SecretKey', {
      ...common,
      name: 'SECRET_KEY',
      description: 'Derives the keys of CSRF tokens',
      value: 'generated',
      whyNotRotated: 'A person rotates it by adding a version: clients fetch their CSRF token anew.',
    });
    this.#addPartnerSecrets(common);
  }

  /** What partners issue: placeholders until a person with their account puts the real ones in. */
  #addPartnerSecrets(common: { readonly prefix: string; readonly keepsData: boolean }): void {
    new PlatformSecret(this, 'MailgunApiKey', {
      ...common,
      name: 'MAILGUN_API_KEY',
      description: 'Opens the mail service',
      value: 'operator',
      whyNotRotated: 'Mailgun issues the key: only a person with its account can replace it.',
    });
    new PlatformSecret(this, 'AiDefaultApiKey', {
      ...common,
      name: 'AI_DEFAULT_API_KEY',
      description: 'Pays for the AI that companies share',
      value: 'operator',
      whyNotRotated: 'The AI service issues the key: only a person with its account can replace it.',
    });
    new PlatformSecret(this, 'TurnstileSecretKey', {
      ...common,
      name: 'TURNSTILE_SECRET_KEY',
      description: 'Checks the captchas of public forms',
      value: 'operator',
      whyNotRotated: 'Cloudflare issues the key: only a person with its account can replace it.',
    });
    for (const [id, name] of [
      ['DiscordWebhookUrl', 'DISCORD_WEBHOOK_URL'],
      ['DiscordWebhookContactUrl', 'DISCORD_WEBHOOK_CONTACT_URL'],
    ] as const) {
      new PlatformSecret(this, id, {
        ...common,
        name,
        description: "Address of a webhook of the operator's Discord",
        value: 'operator',
        whyNotRotated: 'Discord issues the address: only a person with the channel can replace it.',
      });
    }
    new PlatformSecret(this, 'FcmServiceAccount', {
      ...common,
      name: 'FCM_SERVICE_ACCOUNT',
      description: 'Proves to Google who pushes notifications to devices, and names the Firebase project',
      value: 'operator',
      whyNotRotated: 'Google issues the key: only a person with its console can replace it.',
    });
    new PlatformSecret(this, 'GoogleClientSecret', {
      ...common,
      name: 'GOOGLE_CLIENT_SECRET',
      description: 'Proves to Google which application asks for contacts',
      value: 'operator',
      whyNotRotated: 'Google issues the secret: only a person with its console can replace it.',
    });
  }
}
