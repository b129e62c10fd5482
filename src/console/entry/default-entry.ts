import type { StoredPublisher } from "../../catalogue/publishers/publisher-repository.ts";
import type { Entry } from "../../jobs/entry/entry-record.ts";
import { templateScales } from "../../kit/platforms/moisson-template.ts";
import { refOf } from "../../kit/rules/perimeters.ts";
import { findPerimeter } from "../../model/territories/perimeters.ts";

/** Returns the answers of an empty form about where a publisher's aids apply: on its territory. */
export function territoryEntry({ territory }: Pick<StoredPublisher, "territory">): Partial<Entry> {
  const ref = territory === null ? undefined : refOf(territory);
  const found = ref === undefined ? undefined : findPerimeter(ref)?.perimeter;
  if (found === undefined) return {};
  const whole = Object.entries(templateScales).find(([, means]) => "territory" in means && means.territory === found.name);
  if (whole !== undefined) return { scale: whole[0] };
  const named = Object.entries(templateScales).find(
    ([, means]) => "scale" in means && means.scale === found.scale && means.written === "name",
  );
  return named === undefined ? {} : { scale: named[0], perimeters: found.name };
}
