/** Where an aid can appear: the form of the site, our API and open data, the national schema of aids. */
export const outlets = ["site", "api", "national-schema"] as const;

export type Outlet = (typeof outlets)[number];
