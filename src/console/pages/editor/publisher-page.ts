import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import type { Connector } from "../../../kit/definition.ts";
import type { Fields, FormProblems } from "../../forms/form.tsx";
import { agreementProblem, publisherFields, territoryText } from "../../forms/publisher-fields.ts";
import type { Done } from "../../route.ts";
import { territoryInWords } from "../publishers/read-publisher-rows.ts";
import { type Edited, editedBack } from "./edited-definition.ts";
import { formPage, type Texts } from "./form-page.tsx";

type Publisher = Connector["publisher"];

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
  /** Saves a publisher with the texts of the further fields and the reason: see `EditedDefinition.save`. */
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
export const publisherPage = formPage({
  path: "producteur",
  act: "change-publisher",
  title: "Producteur",
  heading: ({ name }: EditedPublisher) => `Le producteur de ${name}`,
  fields: ({ typed, moreFields }) => ({ ...fields, territoire: territoryKeeping(typed.territoire ?? ""), ...(moreFields as object) }),
  texts: ({ typed }) => typed,
  textsAt: (edited, revision) => edited.typedAt(revision),
  async proposed({ catalogue, query }, { typed }) {
    const requested = await catalogue.publishers.find(query.get("producteur") ?? "");
    return requested === null ? typed : { ...typed, ...typedOfStored(requested) };
  },
  check: (typed, edited) => ({ ...agreementProblem({ licence: "", accord: "", ...typed }), ...edited.check(typed) }),
  save(edited, { nom, siren, nature, territoire, site, licence, accord }, typed) {
    const made: Publisher = {
      name: nom,
      ...(siren !== "" && { siren }),
      kind: nature,
      territory: territoire,
      ...(site !== "" && { website: site }),
      licence,
      ...(accord !== "" && { agreement: accord }),
    };
    return edited.savePublisher(made, typed);
  },
  label: ({ isDraft }) => (isDraft ? "Enregistrer et continuer" : "Essayer ce changement"),
  back: (edited) => (edited.isDraft ? null : editedBack(edited)),
});

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
