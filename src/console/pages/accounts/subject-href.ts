const rooms: Readonly<Record<string, string>> = {
  collecte: "/collectes/",
  run: "/collectes/",
  plan: "/plans/",
  connecteur: "/connecteurs/",
  producteur: "/producteurs/",
};

/** Where what an entry of the audit trail is about is shown: `connecteur departement-drome`, `plan 3f2a…`; null where nothing shows it. */
export function subjectHref(subject: string): string | null {
  const [, word = "", name = ""] = /^(\S+) (\S+)$/.exec(subject) ?? [];
  if (word === "compte") return `/comptes?${new URLSearchParams({ q: name }).toString()}`;
  if (word === "aide") return `/ou-est-mon-aide?${new URLSearchParams({ q: name }).toString()}`;
  const room = rooms[word];
  return room === undefined || !/^[\w-]+$/.test(name) ? null : `${room}${name}`;
}
