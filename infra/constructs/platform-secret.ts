import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { RemovalPolicy, SecretValue, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { PLACEHOLDER_SECRET, type SecretName } from '../config/names.ts';

interface PlatformSecretProps {
  readonly prefix: string;
  readonly name: SecretName;
  readonly description: string;
  readonly keepsData: boolean;
  /** Why no function rotates it by itself. */
  readonly whyNotRotated: string;
  /** `generated`: 64 random characters. `operator`: a placeholder that a person replaces, and no deployment after. */
  readonly value: 'generated' | 'operator';
}

const LENGTH = 64;

/** A secret of the platform under the contracts' configuration name. */
export class PlatformSecret extends Construct {
  constructor(scope: Construct, id: string, props: PlatformSecretProps) {
    super(scope, id);
    const secret = new Secret(this, 'Secret', {
      secretName: `${props.prefix}${props.name}`,
      description: props.description,
      removalPolicy: props.keepsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      ...(props.value === 'generated'
        ? { generateSecretString: { passwordLength: LENGTH, excludePunctuation: true } }
        : { secretStringValue: SecretValue.unsafePlainText(PLACEHOLDER_SECRET) }),
    });
    Validations.of(secret).acknowledge({ id: 'AwsSolutions-SMG4', reason: props.whyNotRotated });
  }
}
