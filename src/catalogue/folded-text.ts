import { type SQL, sql } from "drizzle-orm";

const accented = "ÀÂÄÁÃÅÇÉÈÊËÍÌÎÏÑÓÒÔÖÕÚÙÛÜÝŸàâäáãåçéèêëíìîïñóòôöõúùûüýÿ’‘ʼ\u00a0\u202f";
const plain = "aaaaaaceeeeiiiinooooouuuuyyaaaaaaceeeeiiiinooooouuuuyy'''  ";

/** A text as it is searched: without case and accents, with straight apostrophes and plain blanks; the same on every database, whatever its locale. */
export function folded(text: SQL): SQL {
  return sql`lower(translate(replace(replace(${text}, 'œ', 'oe'), 'Œ', 'oe'), ${accented}, ${plain}))`;
}
