import type { Role } from "../../model/publisher/role.ts";

/** An entry of the menu. `least`: who sees it, and those above. */
export interface MenuEntry {
  readonly title: string;
  readonly href: string;
  readonly least: Role;
  /** Paths that stand under it too. */
  readonly also?: readonly string[];
}

/** The menu: what a day begins with first. */
export const menu: readonly MenuEntry[] = [
  { title: "Dernière nuit", href: "/", least: "read" },
  { title: "Collectes", href: "/collectes", least: "read" },
  { title: "Plans", href: "/plans", least: "read" },
  { title: "Connecteurs", href: "/connecteurs", least: "read" },
  { title: "À relire", href: "/relecture", least: "read" },
  { title: "Catalogue", href: "/aides", least: "read" },
  { title: "Mots à traduire", href: "/mots", least: "read" },
  { title: "Producteurs", href: "/producteurs", least: "read", also: ["/couverture", "/chiffres", "/courriers"] },
  { title: "Nouveau producteur", href: "/brouillons", least: "bizdev", also: ["/modeles"] },
  { title: "Comptes", href: "/comptes", least: "admin", also: ["/journal"] },
];

/** The entry that a page stands under. */
export function entryOf(path: string): MenuEntry | undefined {
  const isUnder = (above: string) => (above === "/" ? path === "/" : path === above || path.startsWith(`${above}/`));
  return menu.find(({ href, also = [] }) => [href, ...also].some(isUnder));
}
