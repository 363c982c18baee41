import { PolicyDocument, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { type Names, namesOf } from '../config/names.ts';
import { type Permission, statementOf } from './policy-statements.ts';

/** Why a kind of permission cannot name its resource to the last letter. */
const WILDCARD_REASONS: Partial<Readonly<Record<Permission['kind'], string>>> = {
  logs: 'Lambda makes up the names of the log streams; the group is the own one of the function.',
  traces: 'X-Ray has no resources to name.',
  'data-keys':
    'The key is known by its alias alone (names cross stacks, not constructs); kms:ResourceAliases narrows it.',
  objects: 'Objects under one prefix of one bucket.',
};

/** How cdk-nag prints the pseudo parameters of a template. */
const AS_PRINTED = { partition: '<AWS::Partition>', account: '<AWS::AccountId>', region: '<AWS::Region>' };

/** The role of one function: what is listed and nothing else, in one inline policy, without AWS managed policies. */
export class FunctionRole extends Construct {
  /** Refuses to be widened by constructs that would grant something on the quiet. */
  readonly role;

  constructor(
    scope: Construct,
    id: string,
    props: { stage: string; names: Names; permissions: readonly Permission[] },
  ) {
    super(scope, id);
    const statements = props.permissions.map((permission) => statementOf(permission, props.names));
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: { grants: new PolicyDocument({ statements }) },
    });
    this.#acknowledgeWildcards(props.stage, props.permissions);
    this.role = role.withoutPolicyUpdates();
  }

  /** Each wildcard by itself, so that any other is still reported. */
  #acknowledgeWildcards(stage: string, permissions: readonly Permission[]): void {
    const printed = namesOf(stage, AS_PRINTED);
    for (const permission of permissions) {
      const reason = WILDCARD_REASONS[permission.kind];
      if (reason === undefined) continue;
      for (const resource of statementOf(permission, printed).resources) {
        Validations.of(this).acknowledge({ id: `AwsSolutions-IAM5[Resource::${resource}]`, reason });
      }
    }
  }
}
