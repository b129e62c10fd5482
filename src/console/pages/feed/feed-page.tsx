import type { Child } from "hono/jsx";
import { frenchDay, frenchDayOf } from "../../../french/dates.ts";
import { fieldNameOrKey } from "../../../french/fields.ts";
import { holdingNames } from "../../../french/guards.ts";
import { languageNames, valuesMessage } from "../../../french/survey.ts";
import { capitalize, counted, french, joinedWithAnd, sentence } from "../../../french/typography.ts";
import { loosenable, type UsualForm } from "../../../ingest/usual-form.ts";
import type { Connector } from "../../../kit/definition.ts";
import { holdingGuard } from "../../../model/plan/guard.ts";
import type { FeedDecision } from "../../../model/run/feed-decision.ts";
import { Facts } from "../../parts/facts.tsx";
import { ActButton, ActForm, Select, SubmitButton, TextField } from "../../parts/form-controls.tsx";
import { readingInWords } from "../../parts/reading-in-words.ts";
import { Table } from "../../parts/table.tsx";
import { truncate } from "../../parts/time.ts";
import { actRoute, CannotDo, pageRoute, type Route } from "../../route.ts";
import { hasRole, visitorOf } from "../../visit.ts";
import { loadedConnectorOf } from "../connectors/connector-rows.ts";
import { type FeedView, readFeedView } from "./read-feed-view.ts";

/** The usual form of a connector's feed, with which every run is compared. */
const feedPage = pageRoute("/connecteurs/:connecteur/flux", "read", async (visit) => {
  const { definition } = await loadedConnectorOf(visit);
  const { id, publisher } = definition;
  const view = await readFeedView(visit, definition);
  const mayAct = hasRole(visit, "ops");
  return {
    title: "Forme habituelle du flux",
    menuPath: "/connecteurs",
    breadcrumb: [
      { title: "Connecteurs", href: "/connecteurs" },
      { title: publisher.name, href: `/connecteurs/${id}` },
    ],
    content: (
      <>
        <h1>Forme habituelle du flux</h1>
        <p>
          {french`Chaque collecte de ${publisher.name} est comparée à ses dernières collectes appliquées. Si un champ du flux disparaît, ou si les textes, les titres ou les dates de beaucoup d'aides changent à la fois, un garde-fou retient la collecte et une personne en décide.`}
        </p>
        {view.runs.length === 0 && <p>Aucune collecte n’a encore été appliquée : la forme habituelle n’est pas encore connue.</p>}
        <FeedDecisions view={view} id={id} csrf={mayAct ? visit.csrf : null} />
        <Runs view={view} />
        <h2>Les champs du flux</h2>
        <Paths view={view} definition={definition} mayAct={mayAct} />
        <Shifts shifts={view.shifts} />
        {mayAct && <LoosenForm definition={definition} csrf={visit.csrf} chosen={visit.query.get("assouplir") ?? ""} />}
      </>
    ),
  };
});

function Runs({ view: { runs, language, reading } }: { readonly view: FeedView }): Child {
  const collected = runs.map(
    ({ day, records, valid }) => french`${counted(records, "enregistrement")} le ${frenchDay(day)}, dont ${valid} valides`,
  );
  const facts = [
    ...(collected.length === 0 ? [] : [{ name: "Dernières collectes appliquées", value: sentence(collected.join(french` ; `)) }]),
    ...(reading === null ? [] : [{ name: "Écriture", value: sentence(readingInWords(reading)) }]),
    ...(language === null ? [] : [{ name: "Langue des textes", value: sentence(languageNames[language]) }]),
  ];
  return <Facts facts={facts} />;
}

/** Renders how often the feed fills each path, and what its values look like. */
function Paths(given: { readonly view: FeedView; readonly definition: Connector; readonly mayAct: boolean }): Child {
  const { view, definition, mayAct } = given;
  const { paths, profiles, profiled, decisions } = view;
  const loosened = new Set(decisions.filter(({ kind }) => kind === "loosen").map(({ subject }) => subject));
  const head = [
    "Champ du flux",
    "Sert à remplir",
    { title: "Rempli", isNumber: true },
    "Valeurs",
    ...(mayAct ? ["Si ce champ disparaît"] : []),
  ];
  return (
    <>
      {profiled > 0 && (
        <p class="moisson-mention">
          {french`« Rempli » : part des enregistrements des dernières collectes appliquées. « Valeurs » : d'après les ${profiled} premiers enregistrements du dernier flux appliqué.`}
        </p>
      )}
      <Table caption={counted(paths.length, "champ lu", "champs lus")} head={head}>
        {paths.map(({ path, fields, filled, ifMissing }) => {
          const profile = profiles.get(path);
          return (
            <tr>
              <th scope="row">{truncate(path, 80)}</th>
              <td>{fields.length === 0 ? french`aucun champ : il choisit les fiches` : joinedWithAnd(fields.map(fieldNameOrKey))}</td>
              <td class="fr-cell--right moisson-unbroken">{rangeMessage(filled)}</td>
              <td>{profile === undefined ? "" : valuesMessage(profile)}</td>
              {mayAct && (
                <td>
                  {ifMissing === "holds" && !loosened.has(path) ? <Loosen id={definition.id} subject={path} /> : missingLabels[ifMissing]}
                </td>
              )}
            </tr>
          );
        })}
      </Table>
    </>
  );
}

/** What happens if a path is missing and nothing holds the run. */
const missingLabels = {
  holds: "la collecte avertit seulement",
  warns: "la collecte avertit seulement",
  nothing: french`rien : il peut être vide`,
};

function Loosen({ id, subject }: { readonly id: string; readonly subject: string }): Child {
  return (
    <>
      {"la collecte est retenue "}
      <a href={`/connecteurs/${id}/flux?${new URLSearchParams({ assouplir: subject })}#assouplir`}>
        assouplir<span class="fr-sr-only"> {subject}</span>
      </a>
    </>
  );
}

/** Renders how many aids usually change in ways that a broken feed causes. */
function Shifts({ shifts }: Pick<UsualForm, "shifts">): Child {
  if (shifts.length === 0) return null;
  return (
    <>
      <h2>Ce qui change d’une collecte à l’autre</h2>
      <p class="moisson-mention">Part des aides déjà connues. Une collecte où cette part dépasse nettement l’habitude est retenue.</p>
      <Table caption="Changements habituels" isCaptionHidden head={["Changement", { title: "D’habitude", isNumber: true }]}>
        {shifts.map(({ kind, changed }) => (
          <tr>
            <th scope="row">{capitalize(holdingNames[kind])}</th>
            <td class="fr-cell--right">{rangeMessage(changed)}</td>
          </tr>
        ))}
      </Table>
    </>
  );
}

/** Returns a range of shares: « 98 % », « de 12 à 15 % », or that it is unknown. */
function rangeMessage(range: readonly [number, number] | null): string {
  if (range === null) return "pas mesuré";
  const [low, high] = range.map((share) => Math.round(share * 100));
  return low === high ? french`${low} %` : french`de ${low} à ${high} %`;
}

/** Renders the form that lets a path be missing, or a guard only warn. `chosen`: the preselected path or guard. */
function LoosenForm(given: { readonly definition: Connector; readonly csrf: string; readonly chosen: string }): Child {
  const { definition, csrf, chosen } = given;
  const choices = loosenable(definition).map((value) => {
    const guard = holdingGuard(value);
    return guard === undefined
      ? { value, label: value, group: "Champs du flux" }
      : { value, label: holdingNames[guard], group: "Garde-fous" };
  });
  return (
    <section id="assouplir" class="fr-mt-4w">
      <h2>Assouplir</h2>
      <p>Si le flux change pour de bon, dites ce qui ne doit plus retenir les collectes. Elles avertiront encore.</p>
      <ActForm action={`/connecteurs/${definition.id}/flux/assouplir`} csrf={csrf} class="moisson-narrow">
        <Select name="sujet" label="Ce qui ne retiendra plus la collecte" choices={choices} value={chosen} empty="Choisir" />
        <TextField
          name="note"
          label="Pourquoi"
          hint={french`Par exemple : « ils ne publient plus de dates de clôture, Camille a appelé ». Chacun la verra ici.`}
          required
          maxlength={500}
        />
        <SubmitButton label="Assouplir" />
      </ActForm>
    </section>
  );
}

const loosen = actRoute("/connecteurs/:connecteur/flux/assouplir", { who: "ops", act: "feed.loosen" }, async (visit, form) => {
  const { definition } = await loadedConnectorOf(visit);
  const { id } = definition;
  const subject = loosenable(definition).find((one) => one === form.text("sujet"));
  if (subject === undefined) throw new CannotDo("Choisissez un champ du flux ou un garde-fou, puis recommencez.", 422);
  const note = form.text("note").slice(0, 500);
  if (note === "") throw new CannotDo("Dites pourquoi le flux peut s’en passer, puis recommencez.", 422);
  const by = visitorOf(visit).name;
  await visit.catalogue.feedDecisions.add({ connector: id, kind: "loosen", subject, paths: [], note, by, at: visit.now.toISOString() });
  const guard = holdingGuard(subject);
  return {
    message: french`${guard === undefined ? french`Le champ du flux « ${subject} »` : french`Le garde-fou « ${holdingNames[guard]} »`} ne retient plus les collectes : elles avertiront.`,
    to: `/connecteurs/${id}/flux`,
    subject: `connecteur ${id}`,
    details: { subject, note },
  };
});

const lift = actRoute("/connecteurs/:connecteur/flux/lever", { who: "ops", act: "feed.lift" }, async (visit, form) => {
  const { definition } = await loadedConnectorOf(visit);
  const { id } = definition;
  const kind = form.text("genre") === "hold" ? "hold" : "loosen";
  const subject = form.text("sujet");
  if (!(await visit.catalogue.feedDecisions.remove({ connector: id, kind, subject })))
    throw new CannotDo("Quelqu’un a déjà mis fin à cette décision.", 409);
  return {
    message:
      kind === "hold"
        ? "La prochaine collecte reprendra les valeurs du flux."
        : "Les prochaines collectes seront de nouveau retenues dans ce cas.",
    to: `/connecteurs/${id}/flux`,
    subject: `connecteur ${id}`,
    details: { kind, subject },
  };
});

/** Routes of the usual form of feeds. */
export const feedRoutes: readonly Route[] = [feedPage, loosen, lift];

/** Renders what people have decided about the feed, with buttons that end it. `csrf`: null if the visitor may not. */
function FeedDecisions(given: { readonly view: FeedView; readonly id: string; readonly csrf: string | null }): Child {
  const { view, id, csrf } = given;
  if (view.decisions.length === 0) return null;
  return (
    <section class="fr-mb-4w">
      <h2>Ce que des personnes ont décidé</h2>
      <ul class="moisson-items">
        {view.decisions.map((decision) => (
          <li>
            <p class="fr-mb-1v">{sentence(decisionMessage(decision))}</p>
            <p class="moisson-mention fr-mb-1w">
              {french`${decision.by}, le ${frenchDayOf(decision.at)}${decision.note === null ? "" : french` : ${decision.note}`}`}
            </p>
            {csrf !== null && (
              <ActButton
                action={`/connecteurs/${id}/flux/lever`}
                csrf={csrf}
                label={decision.kind === "hold" ? "Reprendre les valeurs du flux" : "Retenir de nouveau"}
                about={subjectName(decision)}
                fields={{ genre: decision.kind, sujet: decision.subject }}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function decisionMessage({ kind, subject, paths }: FeedDecision): string {
  if (kind === "hold") {
    const until =
      paths.length === 0
        ? "ses valeurs soient de nouveau comme d’habitude"
        : french`le flux remplisse de nouveau ${paths.map((path) => french`« ${path} »`).join(", ")}`;
    return french`le champ « ${fieldNameOrKey(subject)} » garde ses dernières valeurs jusqu'à ce que ${until}`;
  }
  const guard = holdingGuard(subject);
  return guard === undefined
    ? french`le champ du flux « ${subject} » peut disparaître : la collecte avertit, mais n'est plus retenue`
    : french`le garde-fou « ${holdingNames[guard]} » avertit, mais ne retient plus la collecte`;
}

function subjectName({ kind, subject }: FeedDecision): string {
  const guard = kind === "loosen" ? holdingGuard(subject) : undefined;
  return guard === undefined ? fieldNameOrKey(subject) : holdingNames[guard];
}
