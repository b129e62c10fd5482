import type { Child } from "hono/jsx";
import { counted, french, isPlural } from "../../french/typography.ts";

/**
 * A part of a form, open or folded. Short fields share a line where there is room. `filled`: how many fields have a value, shown beside the title. `countId`: lets a
 * preview renew that text; see `data-previews`.
 */
export function FormPart(given: {
  readonly title: string;
  readonly level?: 2 | 3 | undefined;
  readonly isOpen: boolean;
  readonly filled?: { readonly count: number; readonly of: number } | undefined;
  readonly countId?: string;
  readonly children?: Child;
}): Child {
  const { title, level = 2, isOpen, filled, countId, children } = given;
  const Title = `h${level}` as "h2";
  return (
    <details class="moisson-form-part" open={isOpen}>
      <summary>
        <Title>{title}</Title>{" "}
        {filled !== undefined && (
          <span class="moisson-mention" id={countId} data-preview={countId === undefined ? undefined : ""}>
            {filled.count === 0
              ? french`aucun champ rempli sur ${filled.of}`
              : french`${counted(filled.count, "champ")} sur ${filled.of} ${isPlural(filled.count) ? "remplis" : "rempli"}`}
          </span>
        )}
      </summary>
      <div class="moisson-short-fields">{children}</div>
    </details>
  );
}
