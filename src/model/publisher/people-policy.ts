/**
 * How much of the personal data in a publisher's aids goes to the operator's own site, and to the publisher in letters. `service`: services
 * only, as in open data; `professional`: also the contact fields as published; `all`: all texts as published.
 */
export const peoplePolicies = ["service", "professional", "all"] as const;

export type PeoplePolicy = (typeof peoplePolicies)[number];
