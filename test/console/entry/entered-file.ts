import type { CuratedAid } from "../../../src/catalogue/aids/aid-repository.ts";
import type { RunRecord } from "../../../src/catalogue/runs/run-repository.ts";
import { doRun } from "../../../src/jobs/worker/do-run.ts";
import type { TestCatalogue } from "../../support/catalogues.ts";
import { type ConsoleClient, type ConsolePage, testConsole } from "../../support/console-client.ts";
import { formOnPage } from "../../support/form-on-page.ts";
import { flattened, testNow } from "../../support/made-aids.ts";

type Fields = Readonly<Record<string, string | readonly string[]>>;

/** A publisher whose aids are entered one by one. */
export interface EnteredFile {
  readonly publisherId: string;
  readonly bizdev: ConsoleClient;
  readonly path: string;
  /** Returns what a browser would send for the form: of a new aid, or of the row with this identifier. */
  form(id?: string): Promise<Record<string, string | string[]>>;
  /** Sends the form with these answers. */
  send(answers: Fields, id?: string): Promise<ConsolePage>;
  /** Executes the run of a saved form, and applies its plan if it is held. */
  apply(saved: ConsolePage): Promise<RunRecord>;
  /** Executes the run of a saved form. */
  run(saved: ConsolePage): Promise<RunRecord>;
  /** Sends the form, and applies its plan. */
  enter(answers: Fields, id?: string): Promise<RunRecord>;
  aid(externalId: string): Promise<CuratedAid>;
}

/** Adds a publisher to a catalogue. `name`: no other publisher has it. */
export async function newEnteredFile(
  catalogue: TestCatalogue,
  name: string,
  territory: string | null = "department:26",
): Promise<EnteredFile> {
  const publisherId = await catalogue.publishers.add(
    {
      ...{ name, siren: null, kind: "agency", territory, website: null, licence: "openlicence20", agreedOn: null, agreedBy: null },
      ...{ agreementDocument: null, personInCharge: null, nextAction: null, nextActionOn: null },
    },
    { by: "test", now: testNow },
  );
  const console = testConsole(catalogue);
  const bizdev = await console.as("bizdev", "Bérénice");
  const path = `/producteurs/${publisherId}/saisir`;
  const form = async (id?: string) => {
    const page = await bizdev.get(id === undefined ? path : `${path}?aide=${encodeURIComponent(id)}`);
    if (page.status !== 200) throw new Error(`${page.status}: ${page.html}`);
    return formOnPage(page.html, path);
  };
  const run = async ({ to, status }: ConsolePage) => {
    const runId = /^\/collectes\/(.+)$/.exec(to ?? "")?.[1];
    if (runId === undefined) throw new Error(`the form was not saved: ${status} ${to}`);
    for await (const { connector } of [await catalogue.runs.find(runId)].filter((one) => one !== null))
      await doRun(console.services.jobs, { runId, connector }, new AbortController().signal);
    const ended = await catalogue.runs.find(runId);
    if (ended === null) throw new Error("the run is gone");
    return ended;
  };
  const apply = async (saved: ConsolePage) => {
    const ended = await run(saved);
    const planId = ended.report?.planId ?? null;
    if (ended.outcome === "held" || ended.outcome === "planned")
      await catalogue.plans.apply(planId ?? "", { token: null, now: testNow, appliedBy: "ops", note: "read" });
    return ended;
  };
  const send = async (answers: Fields, id?: string) => bizdev.post(path, { ...(await form(id)), ...answers });
  return {
    publisherId,
    bizdev,
    path,
    form,
    send,
    run,
    apply,
    enter: async (answers, id) => apply(await send(answers, id)),
    async aid(externalId) {
      const connector = [...(await catalogue.publishers.connectorOwners())].find(([, owner]) => owner === publisherId)?.[0] ?? "";
      const [aid] = await flattened(catalogue.aids.curated({ connector, externalId }));
      if (aid === undefined) throw new Error(`no aid ${externalId} of ${connector}`);
      return aid;
    },
  };
}

/** Answers of a whole aid, by name of the control. */
export const wholeEntry: Fields = {
  "aide.externalId": "00042",
  "aide.name": "Planter des haies",
  "aide.description": "Le département aide à planter.\n\nUne haie par an.",
  "aide.eligibility": "Être agriculteur ; « bio » de préférence",
  "aide.projectExamples": "Une haie de 300 m",
  "aide.contact": "Service agriculture\n2e étage",
  "aide.contactEmail": "agriculture@departement.example",
  "aide.contactPhone": "04 75 00 00 00",
  "aide.originUrl": "https://departement.example/haies",
  "aide.applicationUrl": "https://departement.example/demarches/haies",
  "aide.targetedAudiences": ["commune", "epci", "region", "department", "farmer", "public-cies", "special"],
  "aide.aidTypes": ["grant", "cee"],
  "aide.destinations": ["investment"],
  "aide.mobilizationSteps": ["preop", "op"],
  "aide.categories": ["forets", "mobilite-partagee"],
  "aide.recurrence": "Récurrente",
  "aide.startDate": "2027-01-04",
  "aide.predepositDate": "2027-02-01",
  "aide.submissionDeadline": "2027-03-31",
  "aide.isCallForProject": "oui",
  "aide.shortTitle": "HAIES27",
  "aide.financers": "Département de la Drôme ; Région Auvergne-Rhône-Alpes",
  "aide.instructors": "Chambre d’agriculture",
  "aide.scale": "Département",
  "aide.perimeters": "Drôme ; Ardèche",
  "aide.subventionRateUpperBound": "20 à 50",
  "aide.subventionComment": "selon le potentiel fiscal",
  "aide.loanAmount": "12500",
  "aide.recoverableAdvanceAmount": "800",
  "aide.otherFinancialAidComment": "plants offerts",
  "aide.isCharged": "non",
  "aide.europeanAid": "",
  "aide.programs": "Plan haies",
  "aide.keywords": "bocage ; haie",
  "aide.sourceUpdatedDate": "2026-11-02",
};
