/** Author recorded in logs and runs when a publisher acts without an account. */
export const byPublisher = "producteur";
