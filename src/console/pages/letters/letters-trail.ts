import type { Page } from "../../route.ts";

/** Pages above a letter. */
export function lettersTrail({ id, publisher }: { readonly id: string; readonly publisher: string }): NonNullable<Page["trail"]> {
  return [
    { title: "Connecteurs", href: "/connecteurs" },
    { title: publisher, href: `/connecteurs/${id}` },
    { title: "Courriers", href: `/connecteurs/${id}/courriers` },
  ];
}
