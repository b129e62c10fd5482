import { french } from "../../../french/typography.ts";
import { changeContent } from "../../../registry/change-content.ts";
import { renamePath } from "../../../registry/rename-path.ts";
import { type ActRoute, CannotDo } from "../../route.ts";
import { contentNow, definitionOf, runnable } from "./definition-of.ts";
import { renamesOf } from "./renames-of.ts";
import { movedMeanwhile, tryChange } from "./try-change.ts";

/** A field of the feed is called otherwise: what reads it reads the new name. It is tried first. */
export const renameAct: ActRoute = {
  method: "post",
  path: "/connecteurs/:connecteur/definition/renommer",
  who: "bizdev",
  act: "connector.rename-path",
  async perform(visit, form) {
    const view = await definitionOf(visit);
    const connector = runnable(view);
    if (form.text("version") !== String(view.version?.version ?? 0)) throw movedMeanwhile();
    const [from, to] = [form.text("de"), form.text("vers")];
    const proposed = (await renamesOf(visit, connector)).find((rename) => rename.from === from && rename.to === to);
    if (proposed === undefined) throw new CannotDo(french`Ce changement de nom n'est plus proposé : relisez la définition.`, 409);
    const change = renamePath(connector.definition, from, to);
    if (change === null) {
      throw new CannotDo(french`Le code de ce connecteur lit « ${from} » : seule l'équipe technique peut suivre ce changement.`);
    }
    const content = changeContent(contentNow(view), view.ofFile?.definition ?? null, change);
    const why = french`Dans le flux, « ${from} » s'appelle désormais « ${to} ».`;
    const done = await tryChange(visit, view, { content, why, trial: "snapshot" });
    if ("problem" in done) throw new CannotDo(done.problem);
    return done;
  },
};
