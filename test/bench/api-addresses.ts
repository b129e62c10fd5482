import { vocabularies } from "../../src/model/vocabularies.ts";

const categories = vocabularies.categories.map(({ slug }) => slug);
const audiences = vocabularies.targetedAudiences.map(({ slug }) => slug);
const departments = ["01", "13", "26", "29", "31", "33", "35", "38", "44", "59", "62", "67", "69", "75", "974", "2A"];
const communes = [
  "26362",
  "01004",
  "13055",
  "29019",
  "31555",
  "33063",
  "35238",
  "38185",
  "44109",
  "59350",
  "67482",
  "69123",
  "75056",
  "97411",
];
const words = [
  "eau",
  "velo",
  "projet",
  "aide",
  "collectivités",
  "renovation energetique",
  "subvention commune",
  "forêt",
  "innovation",
  "logement social",
];
const one = (list: readonly string[], place: number) => encodeURIComponent(list[place % list.length] ?? "");

/** Lists that people request. Each repetition asks for something else. */
export const apiAddresses: readonly { readonly name: string; readonly addressOf: (place: number) => string }[] = [
  { name: "all", addressOf: () => "/api/aids/" },
  { name: "one audience", addressOf: (place) => `/api/aids/?organization_type_slugs=${one(audiences, place)}` },
  { name: "one category", addressOf: (place) => `/api/aids/?category_slugs=${one(categories, place)}` },
  { name: "one department", addressOf: (place) => `/api/aids/?perimeter_codes=DEP-${one(departments, place)}` },
  {
    name: "commune, audience, three categories",
    addressOf: (place) =>
      `/api/aids/?perimeter_id=commune:${one(communes, place)}&organization_type_slugs=commune&category_slugs=${[0, 9, 20].map((step) => one(categories, place + step)).join(",")}`,
  },
  { name: "words", addressOf: (place) => `/api/aids/?keyword=${one(words, place)}` },
  { name: "words, by relevance", addressOf: (place) => `/api/aids/?keyword=${one(words, place)}&orderBy=relevance` },
  { name: "either word", addressOf: (place) => `/api/aids/?keyword=${one(words, place)},${one(words, place + 3)}` },
  { name: "words, commune", addressOf: (place) => `/api/aids/?keyword=${one(words, place)}&perimeter_codes=COM-${one(communes, place)}` },
  { name: "words, 100 aids", addressOf: (place) => `/api/aids/?keyword=${one(words, place)}&itemsPerPage=100` },
  {
    name: "type group, step, destination",
    addressOf: (place) =>
      `/api/aids/?aid_type_group_slug=financial&aid_step_slugs=op&aid_destination_slugs=investment&category_slugs=${one(categories, place)}`,
  },
  { name: "nearest deadline", addressOf: (place) => `/api/aids/?orderBy=submission_deadline&category_slugs=${one(categories, place)}` },
  {
    name: "published after, calls",
    addressOf: (place) => `/api/aids/?published_after=2025-01-${String((place % 28) + 1).padStart(2, "0")}&call_for_projects_only=true`,
  },
  { name: "apply before", addressOf: (place) => `/api/aids/?apply_before=2027-01-${String((place % 28) + 1).padStart(2, "0")}` },
  {
    name: "backer",
    addressOf: (place) =>
      `/api/aids/?backer_ids=${one(["ademe", "banque-des-territoires", "region-bretagne", "region-ile-de-france"], place)}`,
  },
  { name: "page 200", addressOf: (place) => `/api/aids/?page=${200 + place}` },
  { name: "changed since", addressOf: (place) => `/api/aids/?changed_since=2026-11-${String((place % 24) + 1).padStart(2, "0")}` },
  { name: "by number", addressOf: (place) => `/api/aids/by-id/${1_000_000 + place * 517}/` },
  { name: "backers", addressOf: (place) => `/api/backers/?q=${one(["region", "ademe", "agence", "departement"], place)}` },
  { name: "perimeters", addressOf: (place) => `/api/perimeters/?q=${one(["saint", "drom", "val", "lyon", "bre"], place)}` },
];
