import { type CellValue, type DateSystem, dateOfSerial, formattedNumber, localDate, timeOfSerial } from "../excel/cell-value.ts";

type Attributes = Readonly<Record<string, string>>;

const secondsPerDay = 86_400;

/**
 * Returns the value of an OpenDocument cell in the same form as for Excel. The cell declares its type, so formats are not read. Leading
 * zeros (`01004`) and durations longer than a day are recognised by the shown text. `system` is the epoch of dates that are shown as a time
 * of day.
 */
export function openDocumentValue(attributes: Attributes, shown: string, system: DateSystem): CellValue {
  const formula = formulaOf(attributes);
  if (attributes["calcext:value-type"] === "error" || (formula !== null && shownError.test(shown)))
    return { value: "", error: shown === "" ? "error" : shown };
  const type = attributes["office:value-type"];
  const stored = attributes[valueAttribute(type)];
  if (stored === undefined) {
    const isMissing = shown === "" && formula !== null && type !== "string";
    return isMissing ? { value: "", error: `=${formula}` } : { value: shown };
  }
  switch (type) {
    case "float":
    case "currency":
      return { value: numberAsShown(stored, shown) };
    case "percentage":
      return { value: formattedNumber(stored, "percent", system) };
    case "date":
      return { value: localDate(stored.trim()) };
    case "time":
      return { value: duration(stored, shown, system) };
    case "boolean":
      return { value: stored.trim() === "true" };
    default:
      return { value: stored };
  }
}

/** Returns the formula without its prefix (`of:=`), or null. */
export function formulaOf(attributes: Attributes): string | null {
  return attributes["table:formula"]?.replace(/^(?:[\w.-]+:)?=/, "") ?? null;
}

/** Texts that Excel and OpenOffice show for errors, without marking the cell as an error. */
const shownError = /^(?:#(?:DIV\/0!|N\/A|NAME\?|NULL!|NUM!|REF!|VALUE!)|Err:\d{3})$/;

function valueAttribute(type: string | undefined): string {
  if (type === "date" || type === "time" || type === "boolean" || type === "string") return `office:${type}-value`;
  return "office:value";
}

function numberAsShown(stored: string, shown: string): string | number {
  const isPadded = /^0\d+$/.test(shown) && Number(shown) === Number(stored);
  return formattedNumber(stored, isPadded ? { digits: shown.length } : "number", 1900);
}

const isoDuration = /^(-?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:[.,]\d+)?)S)?)?$/;

/**
 * Converts `PT15H30M00S` to `15:30:00`. If a duration is longer than a day and the cell shows elapsed hours, minutes or seconds, returns
 * the duration. Otherwise the value is a date whose time is shown, and the date is returned.
 */
function duration(stored: string, shown: string, system: DateSystem): string | number {
  const [whole, sign, days = 0, hours = 0, minutes = 0, seconds = "0"] = isoDuration.exec(stored.trim()) ?? [];
  if (whole === undefined) return stored.trim();
  const exact = Number(days) * secondsPerDay + Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds.replace(",", "."));
  const total = Math.round(exact);
  const serial = total / secondsPerDay;
  if (sign === "-") return -serial;
  const countedOn = [Math.floor(total / 3600), Math.floor(total / 60), total];
  const first = /\d+/.exec(shown)?.[0];
  const isDate = total >= secondsPerDay && first !== undefined && !countedOn.includes(Number(first));
  return (isDate ? dateOfSerial(serial, system) : timeOfSerial(serial)) ?? serial;
}
