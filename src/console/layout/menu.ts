import type { Role } from "../../model/publisher/role.ts";

/** An entry of the menu. `least`: who sees it, and those above. */
export interface MenuEntry {
  readonly title: string;
  readonly href: string;
  readonly minRole: Role;
  /** Paths that stand under it too. */
  readonly also?: readonly string[];
}

/** The menu: what a day begins with first. */
export const menu: readonly MenuEntry[] = [
  { title: "Dernière nuit", href: "/", minRole: "read" },
  { title: "Collectes", href: "/collectes", minRole: "read" },
  { title: "Plans", href: "/plans", minRole: "read" },
  { title: "Connecteurs", href: "/connecteurs", minRole: "read" },
  { title: "À relire", href: "/relecture", minRole: "read" },
  { title: "Catalogue", href: "/aides", minRole: "read" },
  { title: "Mots à traduire", href: "/mots", minRole: "read" },
  { title: "Producteurs", href: "/producteurs", minRole: "read", also: ["/couverture", "/chiffres", "/courriers"] },
  { title: "Nouveau producteur", href: "/brouillons", minRole: "bizdev", also: ["/modeles"] },
  { title: "Comptes", href: "/comptes", minRole: "admin", also: ["/journal"] },
];

/** The entry that a page stands under. */
export function entryOf(path: string): MenuEntry | undefined {
  const isUnder = (above: string) => (above === "/" ? path === "/" : path === above || path.startsWith(`${above}/`));
  return menu.find(({ href, also = [] }) => [href, ...also].some(isUnder));
}
