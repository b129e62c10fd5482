import type { Child } from "hono/jsx";
import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import { mergeForm } from "../../../curation/merge-form.ts";
import type { Connector } from "../../../kit/definition.ts";
import { type Fields, FormFields, type FormProblems, formStatus, readFields, textLabel } from "../../forms/form.tsx";
import { agreementProblem, publisherFields, territoryText } from "../../forms/publisher-fields.ts";
import { whyField } from "../../forms/why-field.tsx";
import { Problems } from "../../parts/alert.tsx";
import { ActForm } from "../../parts/form.tsx";
import type { Done, Page } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { territoryInWords } from "../publishers/read-publisher-rows.ts";
import { type Edited, editedBack, isOutdated } from "./edited-definition.ts";
import type { EditorPage } from "./editor-routes.ts";
import { BaseField, EditConflict, TryButtons } from "./form-parts.tsx";

type Publisher = Connector["publisher"];
type Texts = Readonly<Record<string, string>>;

/** The publisher of a connector, which a person edits before there is a feed. */
export interface EditedPublisher extends Edited {
  /** Further fields of the form. */
  readonly moreFields: Fields;
  /** Texts of the form as saved, or proposed if nothing is saved yet. */
  readonly typed: Texts;
  /** Returns the texts as they were at a revision, or null if they are not stored. */
  typedAt(revision: number): Promise<Texts | null>;
  /** Returns the problems of the further fields. */
  check(typed: Texts): FormProblems;
  /** Saves a publisher with the texts of the further fields: see `EditedDefinition.save`. */
  savePublisher(publisher: Publisher, more: Texts): Promise<Done | { readonly problem: string } | null>;
}

const { nom, siren, nature, territoire, site, licence, accord } = publisherFields;
const licenceHint =
  "Telle qu’elle est écrite quelque part, jamais devinée. Sans licence connue, ses aides ne sortent en données ouvertes que si une base de réutilisation est confirmée.";
const fields = {
  nom: { ...nom, label: "Nom, tel que le catalogue et les exports le donnent" },
  siren,
  nature,
  territoire,
  licence: { ...licence, hint: licenceHint },
  accord,
  site,
};

/** The publisher of a connector: name, kind, territory, licence. Its licence is written into every aid, so a change needs a trial. */
export const publisherPage: EditorPage<EditedPublisher> = {
  path: "producteur",
  act: "change-publisher",
  async show(visit, edited) {
    const requested = await visit.catalogue.publishers.find(visit.query.get("producteur") ?? "");
    return page(visit, edited, requested === null ? edited.typed : { ...edited.typed, ...typedOfStored(requested) }, {});
  },
  async change(visit, edited, form) {
    const territory = territoryKeeping(edited.typed.territoire ?? "");
    const own = readFields({ ...fields, territoire: territory }, form, agreementProblem);
    const more = readFields(allMoreFields(edited), form, (typed) => edited.check(typed));
    const typed = { ...own.typed, ...more.typed };
    if (isOutdated(edited, form)) {
      const { written, conflicts } = mergeForm<string>(
        await edited.typedAt(Number(form.text("version"))),
        withoutReason(edited.typed),
        typed,
      );
      return page(visit, edited, written, {}, conflictOf(edited, conflicts));
    }
    const { values } = own;
    if (values === null || more.values === null) return page(visit, edited, typed, { ...own.problems, ...more.problems });
    const made: Publisher = {
      name: values.nom,
      ...(values.siren !== "" && { siren: values.siren }),
      kind: values.nature,
      territory: values.territoire,
      ...(values.site !== "" && { website: values.site }),
      licence: values.licence,
      ...(values.accord !== "" && { agreement: values.accord }),
    };
    const done = await edited.savePublisher(made, more.typed);
    return done !== null && "problem" in done ? page(visit, edited, typed, { nom: done.problem }) : done;
  },
};

/** Returns the further fields of the form, with the reason for a change of a live connector. */
function allMoreFields({ moreFields, isDraft }: EditedPublisher): Fields {
  return isDraft ? moreFields : { ...moreFields, raison: whyField };
}

function withoutReason(typed: Texts): Texts {
  return { ...typed, raison: "" };
}

function conflictOf(edited: EditedPublisher, conflicts: readonly string[]): Child {
  const shown: Fields = { ...fields, ...edited.moreFields };
  const named = conflicts.flatMap((name) => {
    const field = shown[name];
    return field === undefined ? [] : [{ label: field.label, theirs: textLabel(field, edited.typed[name] ?? "") }];
  });
  return <EditConflict edited={edited} conflicts={named} />;
}

/** Returns the territory field. It accepts the saved territory, even if that territory no longer exists. */
function territoryKeeping(saved: string) {
  const read = (text: string): Publisher["territory"] | ReturnType<typeof territoire.read> => {
    const [scale, code] = /^([a-z-]+):(\w+)$/.exec(saved)?.slice(1) ?? [];
    if (text === saved && scale !== undefined && code !== undefined) return { scale, code } as Publisher["territory"];
    const found = territoire.read(text);
    return "problem" in found ? found : { scale: found.scale, code: found.code };
  };
  return { ...territoire, read };
}

/** Returns the texts of the form for a publisher. */
export function typedOf({ name, siren = "", kind, territory, licence, agreement = "", website = "" }: Publisher): Texts {
  const territoire = territoryText(territory);
  return { nom: name, siren, nature: kind, territoire, licence, accord: agreement, site: website };
}

/** Returns the texts of the form for a publisher that we know, as far as its facts are known. */
export function typedOfStored({ name, siren, kind, territory, website, licence }: StoredPublisher): Texts {
  const known = { nom: name, siren: siren ?? "", nature: kind, territoire: territoryInWords(territory), site: website ?? "" };
  return { ...known, ...(licence !== null && { licence }) };
}

/** Returns the page with the form. `conflict`: the conflict alert, if somebody else saved first. */
function page(visit: Visit, edited: EditedPublisher, typed: Texts, problems: FormProblems, conflict: Child = null): Page {
  return edited.page({
    path: "producteur",
    title: "Producteur",
    heading: `Le producteur de ${edited.name}`,
    status: formStatus(problems, conflict !== null),
    content: (
      <>
        {conflict}
        <Problems problems={problems} />
        <ActForm action={`${edited.base}/producteur`} csrf={visit.csrf}>
          <BaseField version={edited.revision} />
          <FormFields fields={{ ...fields, ...allMoreFields(edited) }} typed={typed} problems={problems} />
          {edited.isDraft ? (
            <button class="fr-btn" type="submit">
              Enregistrer et continuer
            </button>
          ) : (
            <TryButtons back={`${edited.base}${editedBack(edited)}`} />
          )}
        </ActForm>
      </>
    ),
  });
}
