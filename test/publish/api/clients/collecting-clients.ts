import { createHash } from "node:crypto";
import { expect } from "vitest";
import { z } from "zod";
import { type Client, expectShape, type Json } from "./client.ts";

/** Clients that copy everything, and tools that ask in the words of every generation. */
export const collectingClients: readonly Client[] = [
  {
    // betagouv/VApp and other notebooks: APIClient.simple_request_url, get_all_pages().
    name: "notebooks: the first page of 30 or of any size, then next until there is none, as a table",
    async run(api) {
      const some = await api.follow("/api/aids/?page=1&itemsPerPage=30", await api.bearer());
      const all = await api.follow("/api/aids/");
      expect(some.map(({ id }) => id).sort()).toEqual(all.map(({ id }) => id).sort());
      const columns = Object.keys(all[0]);
      expect(all.filter((aid) => Object.keys(aid).join() !== columns.join())).toEqual([]);
      expectShape(z.object({ id: z.int(), name: z.string(), description: z.string().nullable(), eligibility: z.string().nullable() }), all);
    },
  },
  {
    // A comparison of two catalogues: Requester.get_aids(), get_themes().
    name: "a comparison of catalogues: the first page of all aids has at least twenty, with every key",
    async run(api) {
      const [aids, themes] = [await api.list("/api/aids/all/"), await api.list("/api/themes/")];
      expect(aids.results.length).toBeGreaterThanOrEqual(20);
      expect(Object.keys(aids.results[19])).toEqual(Object.keys(aids.results[0]));
      expect(themes.results[0]).toHaveProperty("name");
    },
  },
  {
    // A search for conditions in documents: srap_pdf(), get_one_aide_data(aide).
    name: "a search for documents: a link to the publisher's page in every aid",
    async run(api) {
      const aids = await api.follow("/api/aids/");
      expect(aids.filter(({ origin_url, application_url }) => !/^https?:/.test(origin_url ?? application_url ?? ""))).toEqual([]);
    },
  },
  {
    // A collection of real answers: scripts/capture-aides-territoires.mjs (list, capture, check).
    name: "a collection of answers: numbers of a list, then each answer twice, with the same bytes",
    async run(api) {
      const token = await api.bearer({ headers: { "content-type": "application/json", accept: "application/json" }, body: "{}" });
      const headers = { ...token, accept: "application/json" };
      const digestOf = async (id: number) => {
        const { status, text } = await api.ask(`/api/aids/by-id/${id}`, { headers });
        expect([id, status]).toEqual([id, 200]);
        return createHash("sha256").update(text).digest("hex");
      };
      for (const { id, name } of (await api.list("/api/aids/?itemsPerPage=20", headers)).results.slice(0, 10)) {
        expect([String(id), name]).toEqual([expect.stringMatching(/^[0-9]{1,12}$/), expect.stringMatching(/\S/)]);
        expect(await digestOf(id)).toBe(await digestOf(id));
      }
    },
  },
  {
    // A list of all backers: a shell script with curl and jq.
    name: "a list of backers: page after page until next is null",
    async run(api) {
      const backers = await api.count("/api/backers/?", { ...(await api.bearer()), accept: "application/json" });
      expectShape(z.object({ id: z.string().regex(/^\d+-/), text: z.string() }), backers);
    },
  },
  {
    // A watch of calls in La Réunion: select_working_api(), fetch_items(api_url, cfg).
    name: "a watch of one island: tries a page of one aid, then 50 a page, and keeps what names the island",
    async run(api) {
      const headers = { accept: "application/json", "user-agent": "veille-aap-ami-bot/1.0" };
      await api.list("/api/aids/?page=1&page_size=1", headers);
      const aids = await api.count("/api/aids/?page_size=50&ordering=-date_updated", headers);
      expectShape(
        z.string().regex(/^\d{4}-\d{2}-\d{2}/),
        aids.map(({ date_updated }) => date_updated),
      );
      const links = aids.map(({ url }) => url.trim().toLowerCase());
      expect(new Set(links).size).toBe(links.length);
    },
  },
  {
    // An assistant's instructions: patterns of curl, tables of values.
    name: "an assistant with the words of the first generation: each parameter selects, or is refused",
    async run(api) {
      const headers = await api.bearer();
      for (const [query, isSelected] of selections) {
        const { results, ignored_parameters: ignored = [] } = await api.read(`/api/aids/?${query}&page_size=20`, headers);
        expect([query, ignored, results.filter((aid: Json) => !isSelected(aid)).map(({ name }: Json) => name)]).toEqual([query, [], []]);
      }
      await api.refuses("/api/aids/?in_france_relance=true", ["in_france_relance"], headers);
      const [{ id, slug }] = (await api.list("/api/aids/?page_size=10", headers)).results;
      expect((await api.read(`/api/aids/${slug}/`, headers)).id).toBe(id);
      for (const path of ["themes", "backers", "programs", "perimeters", "synonymlists"]) await api.list(`/api/${path}/`, headers);
    },
  },
];

const has =
  (field: string, ...names: readonly string[]) =>
  (aid: Json) =>
    aid[field].some((name: string) => names.includes(name));
const engineering = ["Ingénierie technique", "Ingénierie financière", "Ingénierie Juridique / administrative"];

/** Requests of an assistant's instructions, and what every aid in the answer must satisfy. */
const selections: readonly (readonly [query: string, isSelected: (aid: Json) => boolean])[] = [
  ["text=r%C3%A9novation+%C3%A9nerg%C3%A9tique", () => true],
  ["targeted_audiences=commune", has("targeted_audiences", "Commune")],
  ["targeted_audiences=commune&targeted_audiences=epci", has("targeted_audiences", "Commune", "Intercommunalité / Pays")],
  [
    "targeted_audiences=commune&financial_aids=grant&destinations=investment",
    (aid) => has("aid_types", "Subvention")(aid) && has("targeted_audiences", "Commune")(aid),
  ],
  ["targeted_audiences=association&text=emploi+insertion", has("targeted_audiences", "Association")],
  [
    "call_for_projects_only=true&apply_before=2027-12-31&order_by=submission_deadline",
    ({ is_call_for_project, submission_deadline }) => is_call_for_project && submission_deadline <= "2027-12-31",
  ],
  [
    "targeted_audiences=private_sector&financial_aids=loan&financial_aids=recoverable_advance&text=environnement",
    has("aid_types", "Prêt", "Avance récupérable"),
  ],
  ["technical_aids=technical_engineering", has("aid_types", "Ingénierie technique")],
  ["aid_type=technical_group", has("aid_types", ...engineering)],
  ["aid_type=financial_group", (aid) => aid.aid_types.some((name: string) => !engineering.includes(name))],
  ["mobilization_step=preop&mobilization_step=op", has("mobilization_steps", "Réflexion / conception", "Mise en œuvre / réalisation")],
  ["recurrence=ongoing", ({ recurrence }) => recurrence === "Permanente"],
  ["is_charged=False", ({ is_charged }) => is_charged !== true],
  ["european_aid=european", ({ european_aid }) => european_aid !== null],
];
