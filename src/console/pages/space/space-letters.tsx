import { counted, french } from "../../../french/typography.ts";
import { anyLetter, type MadeLetter } from "../../../partners/correspondence/stored-letter.ts";
import { nameOfConnector } from "../../../registry/connector-names.ts";
import { Table } from "../../parts/table.tsx";
import { formatDay } from "../../parts/time.ts";
import { type ActRoute, actRoute, NotFound, type Page, type PageRoute, pageRoute } from "../../route.ts";
import { param, type Visit } from "../../visit.ts";
import { annexFile } from "../letters/annex-file.ts";
import { startReread, storeAnswer } from "../letters/answer-acts.tsx";
import { aboutErrors, annexOf } from "../letters/find-letter.tsx";
import { letterToAnswer } from "../letters/public-letter.tsx";
import { rereadPageOf } from "../letters/reread-page.tsx";
import { type ActingPublisher, actingByAccount } from "./acting-publisher.ts";
import { spacePage } from "./space-frame.tsx";

const path = "/espace/courriers";

/** The letters that the publisher received. */
const list: PageRoute = pageRoute(path, "publisher", async (visit) => {
  const acting = await actingByAccount(visit);
  const [letters, connectors] = await Promise.all([
    visit.catalogue.publisherSpace.letters(acting.connectors),
    visit.console.jobs.connectors(),
  ]);
  return spacePage(visit, acting, {
    title: "Courriers",
    at: "/courriers",
    content: (
      <>
        <h1>Courriers</h1>
        {letters.length === 0 ? (
          <p>{french`Nous ne vous avons pas encore écrit au sujet de vos données.`}</p>
        ) : (
          <Table
            caption={counted(letters.length, "lettre")}
            head={["Lettre", "Flux", "Vos réponses"]}
            rows={letters.map(({ letterId, connector, sentAt, answers }) => [
              <a href={`${path}/${letterId}`}>{french`Lettre du ${formatDay(new Date(sentAt))}`}</a>,
              nameOfConnector(connectors, connector),
              answers === 0 ? "à répondre" : counted(answers, "réponse"),
            ])}
          />
        )}
      </>
    ),
  });
});

const one: PageRoute = pageRoute(`${path}/:lettre`, "publisher", async (visit) => {
  const acting = await actingByAccount(visit);
  return inSpace(visit, acting, await letterToAnswer(visit, await ownLetter(visit, acting), null, { path: pathOf(visit) }));
});

const annex: PageRoute = pageRoute(`${path}/:lettre/annexe.csv`, "publisher", async (visit) => {
  const made = await ownLetter(visit, await actingByAccount(visit));
  return annexFile(await annexOf(visit, made), made.letter.feed.day);
});

const answer: ActRoute = actRoute(
  `${path}/:lettre/reponses`,
  { who: "publisher", act: "letter.answer", maxBytes: 20_000 },
  async (visit, form) => {
    const acting = await actingByAccount(visit);
    const made = await ownLetter(visit, acting);
    const stored = await storeAnswer(visit, made, form, { path: pathOf(visit), by: acting.by });
    if (!("again" in stored)) return stored;
    return inSpace(visit, acting, await letterToAnswer(visit, made, stored.again, { path: pathOf(visit) }));
  },
);

/** Progress of a new reading of the feed of a letter, then its result. */
const reread: PageRoute = pageRoute(`${path}/:lettre/relecture`, "publisher", async (visit) => {
  const acting = await actingByAccount(visit);
  return inSpace(visit, acting, await rereadPageOf(visit, await ownLetter(visit, acting), pathOf(visit)));
});

const readAgain: ActRoute = actRoute(
  `${path}/:lettre/relecture`,
  { who: "publisher", act: "letter.reread", maxBytes: 20_000 },
  async (visit) => {
    const acting = await actingByAccount(visit);
    return startReread(visit, await ownLetter(visit, acting), { path: pathOf(visit), by: acting.by });
  },
);

function pathOf(visit: Visit): string {
  return `${path}/${param(visit, "lettre")}`;
}

function inSpace(visit: Visit, acting: ActingPublisher, page: Page): Page {
  return { ...page, ...spacePage(visit, acting, { ...page, at: "/courriers" }) };
}

/** Returns the letter of the path. Throws `NotFound` if it was not sent to this publisher, with the same words as for an unknown id. */
async function ownLetter(visit: Visit, { connectors }: ActingPublisher): Promise<MadeLetter> {
  const found = await visit.catalogue.letters.find(param(visit, "lettre"));
  if (found === null || found.sentAt === null || found.revokedAt !== null || !connectors.includes(found.connector))
    throw new NotFound("Cette lettre n’est pas parmi les vôtres.");
  return aboutErrors(anyLetter(found));
}

/** The letters of a publisher in its space. */
export const spaceLetters = [list, one, annex, answer, reread, readAgain] as const;
