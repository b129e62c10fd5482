import type { Child } from "hono/jsx";
import type { CuratedAid } from "../../../catalogue/aids/aid-repository.ts";
import type { SpaceAid, SpaceAidFilter } from "../../../catalogue/publishers/publisher-space-repository.ts";
import { searchStandings } from "../../../catalogue/search/search-row.ts";
import { decideConfirm } from "../../../curation/decide-status.ts";
import { frenchDay } from "../../../french/dates.ts";
import { fieldNameOrKey } from "../../../french/fields.ts";
import { counted, french } from "../../../french/typography.ts";
import type { AidField } from "../../../model/aid/aid.ts";
import { askedOfPublisher } from "../../../model/aid/publishable.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import type { KnownServices } from "../../../privacy/doubts.ts";
import { titleWithoutPeople } from "../../../privacy/text-without-people.ts";
import { Pager } from "../../lists/pager.tsx";
import { AidText } from "../../parts/aid-text.tsx";
import { Badge } from "../../parts/badge.tsx";
import { ActForm, Select, SubmitButton, TextField } from "../../parts/form-controls.tsx";
import { ParagraphLink } from "../../parts/link.tsx";
import { Table } from "../../parts/table.tsx";
import { CannotDo, type Done, type Page } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import type { ActingPublisher } from "./acting-publisher.ts";
import { confirmedUntil, done, planAct } from "./publisher-acts.ts";
import { spacePage } from "./space-frame.tsx";
import { standingWords } from "./space-words.ts";

const aidsAPage = 50;
/** Maximum number of aids in one act. */
const maxAidsAtOnce = 5000;

/** The aids of a publisher, with their status, and the button that confirms all that are online. */
export async function aidList(visit: Visit, acting: ActingPublisher): Promise<Page> {
  const { publisherSpace, personAnswers } = visit.catalogue;
  const filter = filterOf(visit, acting);
  const isFiltered = Object.keys(keptQuery(visit)).length > 0;
  const page = Math.max(1, Math.min(10_000, Math.floor(Number(visit.query.get("page")) || 1)));
  const [count, aids, due, services] = await Promise.all([
    publisherSpace.countAids(filter),
    publisherSpace.aids(filter, { limit: aidsAPage, offset: (page - 1) * aidsAPage }),
    publisherSpace.countToConfirm(acting.connectors, confirmedUntil(visit)),
    personAnswers.services(),
  ]);
  return spacePage(visit, acting, {
    title: "Mes aides",
    at: "/aides",
    content: (
      <>
        <h1>Mes aides</h1>
        {due > 0 && (
          <section class="fr-callout fr-mb-3w">
            <p class="fr-callout__text">
              {french`${counted(due, "aide en ligne n'est pas confirmée", "aides en ligne ne sont pas confirmées")}. Si vous les avez relues et que rien n'a changé, dites-le : nous cessons de vous poser la question pendant six mois.`}
            </p>
            <ActForm action={`${acting.base}/aides/confirmer`} csrf={visit.csrf}>
              <input type="hidden" name="toutes" value="oui" />
              <SubmitButton label={french`Confirmer ${due === 1 ? "cette aide" : `ces ${due} aides`}`} />
            </ActForm>
          </section>
        )}
        {"account" in acting.from && <ParagraphLink href={`${acting.base}/saisir`} label="Saisir une aide qui manque" />}
        {(count > 0 || isFiltered) && <Filters visit={visit} acting={acting} />}
        {count === 0 ? (
          <p>{isFiltered ? "Aucune aide ne répond à ce choix." : "Aucune aide pour l’instant."}</p>
        ) : (
          <Aids acting={acting} aids={aids} count={count} services={services} visit={visit} />
        )}
        <Pager
          path={`${acting.base}/aides`}
          page={page}
          pages={Math.ceil(count / aidsAPage)}
          query={(more) => new URLSearchParams({ ...keptQuery(visit), ...more }).toString()}
        />
      </>
    ),
  });
}

function filterOf({ query }: Visit, { connectors }: ActingPublisher): SpaceAidFilter {
  const words = (query.get("q") ?? "").trim().slice(0, 200);
  const standing = searchStandings.find((one) => one === query.get("statut"));
  return { connectors, ...(words !== "" && { words }), ...(standing !== undefined && { standing }) };
}

function keptQuery({ query }: Visit): Record<string, string> {
  return Object.fromEntries(["q", "statut"].flatMap((name) => (query.get(name) ? [[name, query.get(name) ?? ""]] : [])));
}

function Filters({ visit, acting }: { readonly visit: Visit; readonly acting: ActingPublisher }): Child {
  return (
    <form method="get" action={`${acting.base}/aides`} class="moisson-halves fr-mb-3w">
      <TextField name="q" label="Un mot du titre" type="search" maxlength={200} value={visit.query.get("q") ?? ""} />
      <Select
        name="statut"
        label="Où en est la fiche"
        choices={searchStandings.map((value) => ({ value, label: standingWords[value][1] }))}
        value={visit.query.get("statut") ?? ""}
        empty="Toutes"
      />
      <SubmitButton label="Chercher" isSecondary />
    </form>
  );
}

function Aids(given: {
  readonly visit: Visit;
  readonly acting: ActingPublisher;
  readonly aids: readonly SpaceAid[];
  readonly count: number;
  readonly services: KnownServices;
}): Child {
  const { visit, acting, aids, count, services } = given;
  const today = parisDay(visit.now);
  return (
    <Table
      caption={counted(count, "aide")}
      head={["Titre", "Où elle en est", "Clôture", "Ce qui manque"]}
      rows={aids.map(({ aidId, title, language, standing, deadline, missing, confirmedUntil }) => {
        const [tone, label] = standingWords[standing];
        return [
          <div class="moisson-title">
            <a href={`${acting.base}/aides/${aidId}`}>
              <AidText text={titleWithoutPeople(title, services)} language={language} />
            </a>
          </div>,
          <>
            <Badge tone={tone} label={label} />
            {confirmedUntil !== null && confirmedUntil > today && (
              <p class="moisson-mention fr-mb-0">{french`confirmée jusqu'au ${frenchDay(confirmedUntil)}`}</p>
            )}
          </>,
          deadline !== null && <span class="moisson-unbroken">{frenchDay(deadline)}</span>,
          askedOfPublisher(missing as AidField[])
            .map(fieldNameOrKey)
            .join(", "),
        ];
      })}
    />
  );
}

/** Confirms the online aids of a publisher: the ticked ones, or all. */
export async function performConfirm(visit: Visit, acting: ActingPublisher, wanted: "all" | CuratedAid): Promise<Done> {
  const aids = wanted === "all" ? await onlineAids(visit, acting) : [wanted];
  // Those that were confirmed today already stay as they are.
  const until = confirmedUntil(visit);
  const due = aids.filter(({ watch }) => watch?.state !== "confirmed" || watch.until < until);
  const { plan } = await planAct(visit, acting, due, {
    asked: { act: "confirm", aids: due.length },
    isDirect: true,
    decide: (aid, curator) => decideConfirm(aid, curator, until),
  });
  const confirmed = plan?.changes ?? 0;
  if (plan === null || confirmed === 0)
    throw new CannotDo(french`Il n'y a rien à confirmer : ces aides ne sont pas en ligne, ou vous les avez déjà confirmées.`, 409);
  return done(visit, acting, "confirm", {
    message: french`${counted(confirmed, "aide confirmée", "aides confirmées")}. Merci ! C'est visible d'ici une minute.`,
    to: wanted === "all" ? `${acting.base}/aides` : `${acting.base}/aides/${wanted.aidId}`,
    details: { plan: plan.planId, aids: confirmed },
  });
}

async function onlineAids({ catalogue }: Visit, { connectors }: ActingPublisher): Promise<CuratedAid[]> {
  const found: CuratedAid[] = [];
  for (const connector of connectors) {
    for await (const page of catalogue.aids.curated({ connector, status: "published", isWithdrawn: false })) {
      found.push(...page);
      if (found.length > maxAidsAtOnce)
        throw new CannotDo(french`Plus de ${maxAidsAtOnce} aides à la fois : confirmez-les une à une, ou écrivez-nous.`);
    }
  }
  return found;
}
