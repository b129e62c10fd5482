import type { Role } from "../../../model/publisher/role.ts";
import { type ActRoute, actRoute, type Done, type Form, type Page, type PageRoute, pageRoute } from "../../route.ts";
import type { Visit } from "../../visit.ts";

/** An address to visit instead. */
type Elsewhere = { readonly to: string };

/** A page of the editor. Drafts and live connectors have the same pages. `T`: what the page edits. */
export interface EditorPage<T> {
  /** Path below the address of the draft or the definition, such as `champs/:champ`; "" for that address itself. */
  readonly path: string;
  /** Name of its act in the audit trail, such as `change-field`. */
  readonly act: string;
  /** Maximum size of its form: see `ActRoute`. */
  readonly maxBytes?: number;
  show(visit: Visit, edited: T): Promise<Page | Elsewhere> | Page | Elsewhere;
  /** Saves the form, or returns the page with problems or a conflict. Null if somebody else saved at the same moment. */
  change(visit: Visit, edited: T, form: Form): Promise<Done | Page | null>;
}

/** Where pages of the editor are mounted. `open`: finds what the address names, or the page to visit before, or why it cannot be edited. */
interface Mount<T> {
  readonly base: string;
  readonly of: "draft" | "connector";
  open(visit: Visit): Promise<T | Page | Elsewhere>;
  /** Who may see the page. Default: bizdev, who may change it. */
  readonly who?: Role;
}

/** What a page edits has none of the keys by which a page or an address is recognised. */
type EditedByPage = object & { readonly content?: never; readonly to?: never };

/** Returns the routes of a page for drafts or for live connectors. */
export function editorRoutes<T extends EditedByPage>(mount: Mount<T>, page: EditorPage<T>): readonly [PageRoute, ActRoute] {
  const path = page.path === "" ? mount.base : `${mount.base}/${page.path}`;
  const limit = page.maxBytes === undefined ? {} : { maxBytes: page.maxBytes };
  return [
    pageRoute(path, mount.who ?? "bizdev", async (visit) => {
      const edited = await mount.open(visit);
      return isElsewhere(edited) ? edited : page.show(visit, edited);
    }),
    actRoute(path, { who: "bizdev", act: `${mount.of}.${page.act}`, ...limit }, async (visit, form) => {
      for (;;) {
        const edited = await mount.open(visit);
        if (isElsewhere(edited)) return edited;
        const done = await page.change(visit, edited, form);
        // The form is now outdated, so the page shows the conflict.
        if (done !== null) return done;
      }
    }),
  ];
}

function isElsewhere(opened: object): opened is Page | Elsewhere {
  return "to" in opened || "content" in opened;
}
