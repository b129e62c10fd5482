/**
 * The territories where an aid may apply: current communes, EPCI, departments and regions of `@etalab/decoupage-administratif`, eight
 * overseas collectivities, twelve water basins, mainland, overseas, France, Europe. Files are read when a scale is first used.
 */
export { type FoundPerimeter, findPerimeter, findPerimeterByCode } from "./find-perimeter.ts";
export { findPerimeterByName } from "./find-perimeter-by-name.ts";
export { basins } from "./fixed-territories.ts";
export { parseInseeCode, toInseeCode } from "./insee-code.ts";
export { isWithin } from "./is-within.ts";
export { overseasMembers, regionsAndDepartments } from "./regions.ts";
export { territoriesAround } from "./territories-around.ts";
export { territoriesAsked, territoriesLike } from "./territories-asked.ts";
