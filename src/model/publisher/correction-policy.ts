/** What happens to corrections by a publisher's people: they wait for a curator, or a worker applies them at once. */
export const correctionPolicies = ["proposal", "direct"] as const;

export type CorrectionPolicy = (typeof correctionPolicies)[number];
