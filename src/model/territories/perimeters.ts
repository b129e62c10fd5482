/**
 * The territories where an aid may apply. Communes, EPCI, departments and regions come from `@etalab/decoupage-administratif`, whose files
 * are read when a scale is first used, or from a later edition of these lists (`edition.ts`). Our own code adds overseas collectivities, water basins, mainland, overseas, France and Europe.
 */

export { type FoundPerimeter, findPerimeter, findPerimeterByCode } from "./find-perimeter.ts";
export { findPerimeterByName } from "./find-perimeter-by-name.ts";
export { allTerritories, findPartsOfCommunes, findTerritories, suggestTerritories } from "./find-territories.ts";
export { basins } from "./fixed-territories.ts";
export { inToday } from "./former-territories.ts";
export { parseInseeCode, toInseeCode } from "./insee-code.ts";
export { basinsOf, isWithin } from "./is-within.ts";
export { mainlandMembers, overseasMembers, regionsAndDepartments } from "./regions.ts";
export { samePlaces } from "./same-places.ts";
export { territoriesAround } from "./territories-around.ts";
