import type { ActRoute, Done, Form, Page, PageRoute } from "../../route.ts";
import type { Visit } from "../../visit.ts";

/** A page of the editor. Drafts and live connectors have the same pages. `T`: what the page edits. */
export interface EditorPage<T> {
  /** Path below the address of the draft or the definition, such as `champs/:champ`. */
  readonly path: string;
  /** Name of its act in the audit trail, such as `change-field`. */
  readonly act: string;
  show(visit: Visit, edited: T): Promise<Page> | Page;
  /** Saves the form, or returns the page with problems or a conflict. Null if somebody else saved at the same moment. */
  change(visit: Visit, edited: T, form: Form): Promise<Done | Page | null>;
}

/** Where pages of the editor are mounted. `open`: finds what the address names, or the page to visit before, or why it cannot be edited. */
interface Mount<T> {
  readonly base: string;
  readonly of: "draft" | "connector";
  open(visit: Visit): Promise<T | Page | { readonly to: string }>;
}

/** Returns the routes of a page for drafts or for live connectors. */
export function editorRoutes<T extends object>(mount: Mount<T>, page: EditorPage<T>): readonly [PageRoute, ActRoute] {
  const path = `${mount.base}/${page.path}`;
  return [
    {
      method: "get",
      path,
      who: "bizdev",
      async answer(visit) {
        const edited = await mount.open(visit);
        return "to" in edited || "content" in edited ? edited : page.show(visit, edited);
      },
    },
    {
      method: "post",
      path,
      who: "bizdev",
      act: `${mount.of}.${page.act}`,
      async perform(visit, form) {
        for (;;) {
          const edited = await mount.open(visit);
          if ("to" in edited || "content" in edited) return edited;
          const done = await page.change(visit, edited, form);
          // The form is now outdated, so the page shows the conflict.
          if (done !== null) return done;
        }
      },
    },
  ];
}
