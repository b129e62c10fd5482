import type { Child } from "hono/jsx";
import { counted, french } from "../../../french/typography.ts";
import type { AsideOfCard } from "../../../model/run/set-aside.ts";
import { ActButton, type Choice } from "../../parts/form-controls.tsx";
import { Link } from "../../parts/link.tsx";
import { List } from "../../parts/list.tsx";
import { mayCurate, type Visit } from "../../visit.ts";
import { type Card, type CardKind, cardId, cardKinds } from "./cards/card.ts";
import { CardView } from "./cards/card-view.tsx";
import type { Night } from "./read-night.ts";

/** Cards shown of one kind, and in all: a network failure on our side must not fill the page with hundreds. */
const cardsOfKind = 5;
const cardsShown = 15;
/** The most urgent cards are shown whole, so that the page stays short. The first one shows its evidence too. */
const cardsWhole = 3;

/** Where the other cards of a kind are. Kinds with a single card have no entry. */
const lists: Partial<Readonly<Record<CardKind, string>>> = {
  held: "/plans?etat=held",
  "first-run": "/plans?etat=held",
  requested: "/plans?etat=requested",
  failed: "/collectes?resultat=failed",
  abandoned: "/collectes?resultat=abandoned",
  refused: "/collectes?resultat=refused",
  unreadable: "/collectes?resultat=unreadable",
  "stopped-early": "/collectes?resultat=stopped-early",
  unreachable: "/collectes?resultat=unreachable",
  late: "/connecteurs",
  "refused-file": "/connecteurs?etat=refused",
  gone: "/connecteurs?etat=gone",
  silent: "/connecteurs",
  "file-due": "/connecteurs",
  paused: "/connecteurs?etat=halted",
  "look-at": "/collectes",
  action: "/producteurs",
  promised: "/courriers",
  "dead-links": "/producteurs",
};

/** Renders the decisions to take, those in progress and those that are postponed. */
export function DecisionList({ visit, night }: { readonly visit: Visit; readonly night: Night }): Child {
  const { cards, begun, postponed, asides, people } = night;
  const shown = firstOfEach(cards);
  const left = leftOf(cards, shown);
  return (
    <section aria-labelledby="decisions">
      <h2 id="decisions">{cards.length === 0 ? "Rien à décider" : french`À décider (${cards.length})`}</h2>
      {shown.map((card, place) => (
        <CardView
          visit={visit}
          card={card}
          aside={asides.get(card.key)}
          next={nextOf(shown, place)}
          people={people}
          extent={place === 0 ? "with-evidence" : place < cardsWhole ? "whole" : "folded"}
        />
      ))}
      <List
        class="moisson-links fr-mb-3w"
        items={left.map(([kind, count]) => (
          <Link href={lists[kind] ?? "/collectes"} label={french`${counted(count, "autre")} : ${cardKinds[kind][1]}`} />
        ))}
      />
      <Begun begun={begun} />
      <Postponed visit={visit} cards={postponed} asides={asides} people={people} />
    </section>
  );
}

function firstOfEach(cards: readonly Card[]): readonly Card[] {
  const counts = new Map<CardKind, number>();
  const first = cards.filter(({ kind }) => {
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    return (counts.get(kind) ?? 0) <= cardsOfKind;
  });
  return first.slice(0, cardsShown);
}

function leftOf(cards: readonly Card[], shown: readonly Card[]): readonly (readonly [CardKind, number])[] {
  const counts = new Map<CardKind, number>();
  for (const { kind } of cards.filter((card) => !shown.includes(card))) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts];
}

/** Returns the id of the element that follows a card, once the card is decided. */
function nextOf(shown: readonly Card[], place: number): string {
  const next = shown[place + 1] ?? shown[place - 1];
  return next === undefined ? "decisions" : cardId(next);
}

const begunMessages: Readonly<Record<Night["begun"][number]["by"], string>> = {
  run: "la collecte est relancée",
  letter: "la lettre au producteur est prête, et pas encore envoyée",
  "sent-letter": "le producteur a la lettre",
};

/** Cards with a relaunched run or a letter. Their trouble may end without another decision. */
function Begun({ begun }: Pick<Night, "begun">): Child {
  if (begun.length === 0) return null;
  return (
    <section class="fr-mb-3w" id="en-cours">
      <h3 class="fr-h6 fr-mb-1v">{french`En cours (${begun.length})`}</h3>
      <ul>
        {begun.map(({ card: { who, connector, kind }, by }) => (
          <li>
            <a href={by === "run" ? `/collectes?connecteur=${connector ?? ""}` : `/connecteurs/${connector ?? ""}/courriers`}>{who}</a>
            {french` : ${begunMessages[by]} (${cardKinds[kind][1]}).`}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Postponed(given: {
  readonly visit: Visit;
  readonly cards: readonly Card[];
  readonly asides: ReadonlyMap<string, AsideOfCard>;
  readonly people: readonly Choice[];
}): Child {
  const { visit, cards, asides } = given;
  if (cards.length === 0) return null;
  return (
    <details class="fr-mb-3w" id="remises">
      <summary>{counted(cards.length, "décision remise à plus tard", "décisions remises à plus tard")}</summary>
      {cards.map((card) => (
        <>
          <CardView {...given} card={card} aside={asides.get(card.key)} next="decisions" extent="whole" />
          {mayCurate(visit) && (
            <ActButton
              action="/decisions/reprendre"
              csrf={visit.csrf}
              label="La reprendre maintenant"
              about={` : ${card.who}`}
              fields={{ id: asides.get(card.key)?.aside.id ?? "", retour: "/#decisions" }}
            />
          )}
        </>
      ))}
    </details>
  );
}
