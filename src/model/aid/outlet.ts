/** Where an aid can appear: the form of the site, our API and open data, the national schema of aids. */
export const outlets = ["site", "api", "national-schema"] as const;

/** A place where an aid can appear. */
export type Outlet = (typeof outlets)[number];
