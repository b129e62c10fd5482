import { fundingTenders } from "moisson/connector-kit";

/**
 * European Commission, Funding & Tenders portal: the portal's own search API. It returns open and forthcoming grants, calls for proposals
 * of external action, and cascade funding: 1,425 in August 2026. Two thirds are for audiences that are not ours, so they are out of scope.
 * The file of the factory `fundingTenders` lists the oddities.
 */
export const connector = fundingTenders({
  id: "eu-funding-tenders-api",
  title: "appels en cours",
  schedule: "10 4 * * *",
  expect: { atLeast: 500 },
});
