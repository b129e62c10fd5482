import { limits } from "../../model/aid/aid.ts";
import type { Perimeter } from "../../model/territories/perimeter.ts";

/**
 * Returns one name for several territories: "Bretagne, Normandie", "France, sauf Corse". Beyond the site's 255 characters they are
 * counted: "Ambérieu-en-Bugey, Belley et 391 autres".
 */
export function groupName(perimeters: readonly Perimeter[], exclusions: readonly Perimeter[]): string {
  const names = perimeters.map(({ name }) => name);
  const excluded = exclusions.map(({ name }) => name);
  const whole = excluded.length === 0 ? names.join(", ") : `${names.join(", ")}, sauf ${excluded.join(", ")}`;
  if (whole.length <= limits.line) return whole;
  return excluded.length === 0 ? listed(names, limits.line) : `${listed(names, 120)}, sauf ${listed(excluded, 120)}`;
}

function listed(names: readonly string[], length: number): string {
  if (names.join(", ").length <= length) return names.join(", ");
  let shown = names.length - 1;
  while (shown > 1 && counted(names, shown).length > length) shown--;
  return counted(names, shown);
}

function counted(names: readonly string[], shown: number): string {
  const rest = names.length - shown;
  return `${names.slice(0, shown).join(", ")} et ${rest} ${rest === 1 ? "autre" : "autres"}`;
}
