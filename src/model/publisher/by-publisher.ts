/** Who answers, and asks to have a feed read again, where nobody is signed in: as logs and runs name them. */
export const byPublisher = "producteur";
