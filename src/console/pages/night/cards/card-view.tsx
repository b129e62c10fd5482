import type { Child } from "hono/jsx";
import { everything } from "../../../../catalogue/runs/schedule-repository.ts";
import type { SearchStanding } from "../../../../catalogue/search/search-row.ts";
import { frenchDay } from "../../../../french/dates.ts";
import { counted, french } from "../../../../french/typography.ts";
import type { AsideOfCard } from "../../../../model/run/set-aside.ts";
import { AidText, Quoting } from "../../../parts/aid-text.tsx";
import { Badge, StandingBadge } from "../../../parts/badge.tsx";
import { ActForm, type Choice, CsrfField, Select, TextField } from "../../../parts/form-controls.tsx";
import { List } from "../../../parts/list.tsx";
import { truncate } from "../../../parts/time.ts";
import { hasRole, mayCurate, type Visit } from "../../../visit.ts";
import { withdrawalSentence } from "../../plans/missing-aids.tsx";
import { type Card, type CardAct, type ConcernedAids, cardId, cardKinds } from "./card.ts";

/** Acts shown beside the recommended one. */
const otherActs = 3;

/** How much of a decision is shown: its evidence too, all but the evidence, or one line that opens. */
type CardExtent = "with-evidence" | "whole" | "folded";

interface CardGiven {
  readonly visit: Visit;
  readonly card: Card;
  readonly aside: AsideOfCard | undefined;
  /** Id of the element that the visitor comes back to. */
  readonly next: string;
  /** Colleagues to whom it can be assigned. */
  readonly people: readonly Choice[];
  readonly extent: CardExtent;
}

/** Renders a decision. */
export function CardView(given: CardGiven): Child {
  const { card, aside, extent } = given;
  const [tone, label] = cardKinds[card.kind];
  const id = cardId(card);
  const title = `${id}-titre`;
  const badge = <Badge tone={tone} label={label} />;
  const note = aside !== undefined && <AsideNote aside={aside} />;
  if (extent === "folded") {
    return (
      <article class="moisson-card moisson-card--folded" aria-labelledby={title}>
        <details>
          <summary class="moisson-card__line">
            {badge}
            <h3 class="moisson-card__title fr-text--md fr-mb-0" id={title}>
              {card.who}
            </h3>
            <span class="moisson-card__cause">{card.cause}</span>
            {note}
          </summary>
          {/* The browser opens the details when an address leads here. */}
          <div class="moisson-card__content" id={id}>
            <p class="fr-mb-1w">
              {card.cause}{" "}
              {card.whoHref !== null && (
                <a href={card.whoHref}>
                  Voir la page<span class="fr-sr-only">{` : ${truncate(card.who, 80)}`}</span>
                </a>
              )}
            </p>
            <Content {...given} />
          </div>
        </details>
      </article>
    );
  }
  return (
    <article class="moisson-card" id={id} aria-labelledby={title}>
      <p class="moisson-card__head">
        {badge} {note}
      </p>
      <h3 class="fr-h6 fr-mb-1v" id={title}>
        {card.whoHref === null ? card.who : <a href={card.whoHref}>{card.who}</a>}
      </h3>
      <p class="fr-mb-1w">{card.cause}</p>
      <Content {...given} />
    </article>
  );
}

/** What a decision has below its cause. */
function Content({ visit, card, next, people, extent }: CardGiven): Child {
  const acts = card.acts.filter(({ who }) => hasRole(visit, who));
  const [first] = acts;
  return (
    <>
      <Acts visit={visit} card={card} acts={acts.slice(0, 1 + otherActs)} next={next} />
      {first !== undefined && first.effect !== "" && <p class="moisson-mention fr-mb-1w">{first.effect}</p>}
      <div class="moisson-card__more">
        <Evidence visit={visit} card={card} isOpen={extent === "with-evidence"} />
        {mayCurate(visit) && <Later visit={visit} card={card} next={next} people={people} />}
      </div>
    </>
  );
}

function AsideNote({ aside: { aside, isHidden } }: { readonly aside: AsideOfCard }): Child {
  const { assignedTo = null, until, by, reason } = aside;
  const why = reason === "" ? "" : ` (${reason})`;
  return (
    <span class="moisson-mention">
      {assignedTo !== null && french`Confiée à ${assignedTo} par ${by}`}
      {assignedTo !== null && isHidden && ". "}
      {isHidden && french`Rappelée le ${frenchDay(until)}, par ${by}`}
      {why}
    </span>
  );
}

/** All acts of a card are buttons of one form; pages are links beside them. */
function Acts(given: { readonly visit: Visit; readonly card: Card; readonly acts: readonly CardAct[]; readonly next: string }): Child {
  const { visit, card, acts, next } = given;
  if (acts.length === 0) return null;
  const [posted] = acts.flatMap(({ action }) => action ?? []);
  const buttons = acts.map((act, place) => <Act act={act} isFirst={place === 0} about={card.who} />);
  if (posted === undefined) return <div class="moisson-acts fr-mb-1w">{buttons}</div>;
  return (
    <form method="post" action={posted} class="moisson-acts fr-mb-1w">
      <CsrfField csrf={visit.csrf} />
      <input type="hidden" name="retour" value={`/#${next}`} />
      {acts.flatMap(({ fields = {} }) =>
        Object.entries(fields).flatMap(([name, values]) =>
          [values].flat().map((value) => <input type="hidden" name={name} value={value} />),
        ),
      )}
      {buttons}
    </form>
  );
}

function Act({ act, isFirst, about }: { readonly act: CardAct; readonly isFirst: boolean; readonly about: string }): Child {
  const { label, action, href, effect } = act;
  const kind = `fr-btn fr-btn--sm${isFirst ? "" : " fr-btn--tertiary"}`;
  const whose = <span class="fr-sr-only">{` : ${truncate(about, 80)}`}</span>;
  if (action === undefined) {
    return (
      <a class={kind} href={href}>
        {label}
        {whose}
      </a>
    );
  }
  return (
    <button type="submit" formaction={action} class={kind} title={isFirst || effect === "" ? undefined : effect}>
      {label}
      {whose}
    </button>
  );
}

async function Evidence({ visit, card, isOpen }: { readonly visit: Visit; readonly card: Card; readonly isOpen: boolean }): Promise<Child> {
  const concerned = card.aids === null ? null : await readConcernedAids(visit, card.aids);
  if (card.evidence.length === 0 && (concerned === null || concerned.aids.length === 0)) return null;
  return (
    <details open={isOpen}>
      <summary>
        Ce qui a été constaté<span class="fr-sr-only">{` : ${truncate(card.who, 80)}`}</span>
      </summary>
      <List items={card.evidence.map((sentence) => <Quoting text={sentence} />)} />
      {concerned !== null && concerned.aids.length > 0 && (
        <>
          {concerned.next !== undefined && <p class="fr-mb-1w">{concerned.next}</p>}
          <p class="fr-mb-1v">
            <a href={concerned.href}>
              {concerned.count === null ? "Aides concernées" : counted(concerned.count, "aide concernée", "aides concernées")}
              <span class="fr-sr-only">{` : ${truncate(card.who, 80)}`}</span>
            </a>
            {concerned.count !== null && concerned.count > concerned.aids.length && french`, dont :`}
          </p>
          <ul>
            {concerned.aids.map(({ aidId, title, language, standing }) => {
              const name = <AidText text={truncate(title, 160)} language={language} />;
              return (
                <li>
                  {standing === null ? (
                    name
                  ) : (
                    <>
                      <a href={`/aides/${aidId}`}>{name}</a> <StandingBadge standing={standing} />
                    </>
                  )}
                </li>
              );
            })}
          </ul>
        </>
      )}
    </details>
  );
}

/** The form that postpones or assigns a card. */
function Later(given: { readonly visit: Visit; readonly card: Card; readonly next: string; readonly people: readonly Choice[] }): Child {
  const { visit, card, next, people } = given;
  const id = cardId(card);
  return (
    <details>
      <summary>
        Remettre ou confier<span class="fr-sr-only">{` : ${truncate(card.who, 80)}`}</span>
      </summary>
      <ActForm action="/decisions/remettre" csrf={visit.csrf}>
        <input type="hidden" name="carte" value={card.key} />
        <input type="hidden" name="connecteur" value={card.connector ?? everything} />
        <input type="hidden" name="qui-est-ce" value={truncate(card.who, 120)} />
        <input type="hidden" name="retour" value={`/#${next}`} />
        <fieldset class="moisson-group moisson-card__later">
          <legend class="fr-sr-only">{`Remettre ou confier : ${truncate(card.who, 80)}`}</legend>
          <TextField id={`${id}-jour`} name="jusque" label="Rappeler le" type="date" />
          <Select id={`${id}-personne`} name="personne" label="Confier à" choices={people} empty="Personne en particulier" />
          <TextField id={`${id}-raison`} name="raison" label="Raison" maxlength={300} />
          <button type="submit" class="fr-btn fr-btn--sm fr-btn--secondary">
            Enregistrer<span class="fr-sr-only">{` : ${truncate(card.who, 80)}`}</span>
          </button>
        </fieldset>
      </ActForm>
    </details>
  );
}

/** The first aids that a card concerns, and where all of them are. `count`: null if it is not counted. */
interface ShownAids {
  readonly aids: readonly {
    readonly aidId: string;
    readonly title: string;
    readonly language: string | null;
    readonly standing: SearchStanding | null;
  }[];
  readonly count: number | null;
  readonly href: string;
  /** What happens to them if the plan is applied. */
  readonly next?: string;
}

const aidsShown = 3;

/** Reads the first aids that a card concerns, those that close next first. */
async function readConcernedAids(visit: Visit, concerned: ConcernedAids): Promise<ShownAids> {
  const { catalogue } = visit;
  switch (concerned.of) {
    case "connector":
      return listed(
        catalogue,
        { connectors: [concerned.connector] },
        `/aides?${new URLSearchParams({ connecteur: concerned.connector }).toString()}`,
      );
    case "deadlines": {
      const { from, to } = concerned;
      return listed(
        catalogue,
        { deadlineFrom: from, deadlineTo: to },
        `/aides?${new URLSearchParams({ depuis: from, jusque: to }).toString()}`,
      );
    }
    case "absences": {
      const aids = await catalogue.absences.list(concerned.planId, { limit: aidsShown });
      if (aids.length === 0) return readPlanned(catalogue, concerned.planId);
      const shown = aids.map(({ aidId, title, language, externalId, standing }) => ({
        aidId,
        title: title ?? externalId,
        language,
        standing,
      }));
      const count = await catalogue.absences.count(concerned.planId);
      const href = `/plans/${concerned.planId}/absentes`;
      return { aids: shown, count, href, next: await withdrawalSentence(visit, concerned, count) };
    }
    case "plan":
      return readPlanned(catalogue, concerned.planId);
  }
}

async function listed(
  { search }: Visit["catalogue"],
  filter: Parameters<Visit["catalogue"]["search"]["count"]>[0],
  href: string,
): Promise<ShownAids> {
  const inUse = { ...filter, standings: ["live", "review", "draft"] as const };
  const [aids, count] = await Promise.all([
    search.list({ ...inUse, order: "deadline" }, { limit: aidsShown, offset: 0 }),
    search.count(inUse),
  ]);
  return { aids: aids.map(({ aidId, title, language, standing }) => ({ aidId, title, language, standing })), count, href };
}

async function readPlanned({ planPages }: Visit["catalogue"], planId: string): Promise<ShownAids> {
  const aids = await planPages.aids(planId, { isLeft: true }, aidsShown);
  return {
    aids: aids.map(({ aidId, title, language, externalId }) => ({ aidId, title: title ?? externalId, language, standing: null })),
    count: null,
    href: `/plans/${planId}`,
  };
}
