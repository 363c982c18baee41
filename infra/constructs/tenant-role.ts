import { ArnPrincipal, PolicyDocument, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { TENANT_TAG } from '../../shared/platform/tenant/tenant-tag.ts';
import type { Grant } from '../config/grants.ts';
import type { Names } from '../config/names.ts';
import { statementOf } from './policy-statements.ts';

/** The form of a company's id. */
const ANY_COMPANY = '????????-????-????-????-????????????';

/**
 * The role of the sessions in which one function acts for one company: rows whose key begins with the company in the
 * session's tag, and no others (`platform.md` §5, second wall). Only the function itself may open a session, and only
 * with that one tag.
 */
export class TenantRole extends Construct {
  constructor(
    scope: Construct,
    id: string,
    props: {
      readonly names: Names;
      readonly functionName: string;
      readonly functionRoleArn: string;
      readonly grants: readonly Grant[];
    },
  ) {
    super(scope, id);
    const { names, functionName, functionRoleArn, grants } = props;
    const tenant = `\${aws:PrincipalTag/${TENANT_TAG}}#` as const;
    const principal = new ArnPrincipal(functionRoleArn).withSessionTags().withConditions({
      StringLike: { [`aws:RequestTag/${TENANT_TAG}`]: ANY_COMPANY },
      'ForAllValues:StringEquals': { 'aws:TagKeys': [TENANT_TAG] },
    });
    new Role(this, 'Role', {
      roleName: names.tenantRole(functionName),
      description: `Sessions of ${functionName} for one company each`,
      assumedBy: principal,
      inlinePolicies: {
        grants: new PolicyDocument({ statements: grants.map((grant) => statementOf(grant, names, tenant)) }),
      },
    });
  }
}
