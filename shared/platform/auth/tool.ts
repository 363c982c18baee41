/** The tools that a company can switch off, one by one (ruling 5). */
export const TOOLS = ['heatmap', 'late_checkin', 'google_contacts', 'vault'] as const;
export type Tool = (typeof TOOLS)[number];
