import { InvalidArgumentError } from "commander";

/** A whole number above 0. */
export function positiveNumber(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError("a whole number above 0");
  return number;
}
