import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import type { Construct } from 'constructs';

/** Shares of the budget, in percent, whose passing is told: what was spent, and what the month will end at. */
const TOLD = [
  { notificationType: 'ACTUAL', threshold: 80 },
  { notificationType: 'ACTUAL', threshold: 100 },
  { notificationType: 'FORECASTED', threshold: 100 },
] as const;

/**
 * Mails when the account costs more than planned. Of the whole account, because a budget of a tag sees nothing until
 * somebody has activated the tag for billing: an account for each stage keeps the figures apart.
 */
export class MonthlyBudget extends CfnBudget {
  constructor(scope: Construct, id: string, props: { name: string; usd: number; email: string }) {
    super(scope, id, {
      budget: {
        budgetName: props.name,
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount: props.usd, unit: 'USD' },
      },
      notificationsWithSubscribers: TOLD.map((told) => ({
        notification: { ...told, comparisonOperator: 'GREATER_THAN', thresholdType: 'PERCENTAGE' },
        subscribers: [{ subscriptionType: 'EMAIL', address: props.email }],
      })),
    });
  }
}
