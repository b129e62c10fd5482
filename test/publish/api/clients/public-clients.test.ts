import { afterAll, beforeAll, describe, test } from "vitest";
import { type TestApi, testApi } from "../../../support/api-client.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../../support/catalogues.ts";
import { importPublished } from "../../../support/published-aids.ts";
import { ClientsApi } from "./client.ts";
import { clients } from "./clients.ts";
import { expectClient } from "./expect-client.ts";
import { publicClients } from "./public-clients.ts";

const aids = Object.fromEntries(
  Array.from({ length: 70 }, (_, place) => [
    `a${place}`,
    {
      name: `Réseau d’eau potable ${place}`,
      targetedAudiences: (["commune", "association", "farmer", "private-sector"] as const).filter(
        (_, each) => each === 0 || place % (each + 1) === 0,
      ),
      aidTypes: ["grant"] as const,
      mobilizationSteps: ["preop"] as const,
      destinations: ["investment"] as const,
      categories: ["eau-potable", "arts", "biodiversite"] as const,
      financers: [place % 2 === 0 ? { name: "ADEME", siren: "385290309" } : { name: "Région Exemple", siren: "200053767" }],
      programs: place % 5 === 0 ? ["France Relance"] : [],
      ...(place % 7 === 0 && { recurrence: "oneoff", isCallForProject: true, submissionDeadline: `2027-0${1 + (place % 9)}-15` }),
    } as never,
  ]),
);

describe.each(testedDatabases)("public clients of Aides-territoires' API, $title", (database) => {
  describe.skipIf(database.skipped)("", () => {
    let catalogue: TestCatalogue;
    let api: TestApi;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
      await importPublished(catalogue, "agence", aids);
      api = await testApi(catalogue);
    });
    afterAll(() => catalogue.drop());

    test.each(publicClients)("$name", (client) => expectClient(api, client));

    test.each(clients.filter(({ needsRealAids }) => needsRealAids !== true))("$name", async ({ name, run }) =>
      run(await ClientsApi.of(catalogue, name)),
    );
  });
});
