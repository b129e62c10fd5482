export { isDay } from "../../../model/text/is-day.ts";
