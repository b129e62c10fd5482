/** How far a letter is. */
export const letterStates = ["unsent", "silent", "answered", "promised", "overdue", "revoked"] as const;
