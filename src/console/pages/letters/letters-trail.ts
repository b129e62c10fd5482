import type { Page } from "../../route.ts";

/** Pages above a letter. */
export function letterBreadcrumb({ id, publisher }: { readonly id: string; readonly publisher: string }): NonNullable<Page["breadcrumb"]> {
  return [
    { title: "Connecteurs", href: "/connecteurs" },
    { title: publisher, href: `/connecteurs/${id}` },
    { title: "Courriers", href: `/connecteurs/${id}/courriers` },
  ];
}
