/** A unit of the kitchen. */
export interface Unit {
  /** Its name beside one, which is also its id. */
  readonly one: string;
  /** Its name beside more. */
  readonly many: string;
  /** Other spellings. */
  readonly also: readonly string[];
  /** The unit in which it is told, and how many of that it is. Without one it is the head of its kind. */
  readonly of?: { readonly unit: string; readonly size: number };
}

/**
 * What has not the same size everywhere (a cup, a pint, a tin) is a kind of its own: nobody's shopping is guessed. Ounce
 * and pound are by the international agreement of 1959.
 */
export const UNITS: readonly Unit[] = [
  unit("g", "g", ["gram", "grams", "gramme", "grammes", "gramm", "gr"]),
  unit("kg", "kg", ["kilo", "kilos", "kilogram", "kilograms", "kilogramm"], "g", 1000),
  unit("mg", "mg", ["milligram", "milligrams", "milligramm"], "g", 0.001),
  unit("Pfund", "Pfund", ["pfd"], "g", 500),
  unit("oz", "oz", ["ounce", "ounces", "unze", "unzen"], "g", 28.349523125),
  unit("lb", "lb", ["lbs", "pound", "pounds"], "oz", 16),

  unit("ml", "ml", ["millilitre", "millilitres", "milliliter", "milliliters"]),
  unit("cl", "cl", ["centilitre", "centilitres", "centiliter", "zentiliter"], "ml", 10),
  unit("dl", "dl", ["decilitre", "decilitres", "deciliter", "deziliter"], "ml", 100),
  unit("l", "l", ["litre", "litres", "liter", "liters"], "ml", 1000),

  unit("tsp", "tsp", ["tsps", "teaspoon", "teaspoons"]),
  unit("tbsp", "tbsp", ["tbsps", "tbs", "tablespoon", "tablespoons"], "tsp", 3),
  unit("TL", "TL", ["teelöffel"], "tsp", 1),
  unit("EL", "EL", ["esslöffel", "eßlöffel"], "TL", 3),

  unit("", "", ["piece", "pieces", "pc", "pcs", "stück", "stk"]),
  unit("dozen", "dozen", ["dutzend"], "", 12),

  unit("cup", "cups", []),
  unit("Tasse", "Tassen", []),
  unit("fl oz", "fl oz", ["fluid ounce", "fluid ounces"]),
  unit("pint", "pints", ["pt"]),
  unit("quart", "quarts", ["qt"], "pint", 2),
  unit("gallon", "gallons", ["gal"], "quart", 4),

  unit("tin", "tins", []),
  unit("can", "cans", [], "tin", 1),
  unit("Dose", "Dosen", [], "tin", 1),
  unit("jar", "jars", []),
  unit("Glas", "Gläser", []),
  unit("packet", "packets", ["pack", "packs", "package", "packages", "pkg"]),
  unit("Packung", "Packungen", ["päckchen", "pck", "pkt"]),
  unit("bag", "bags", []),
  unit("Beutel", "Beutel", []),
  unit("Becher", "Becher", []),
  unit("bottle", "bottles", []),
  unit("Flasche", "Flaschen", []),
  unit("carton", "cartons", []),
  unit("block", "blocks", []),
  unit("stick", "sticks", []),
  unit("cube", "cubes", []),
  unit("Würfel", "Würfel", []),

  unit("pinch", "pinches", []),
  unit("Prise", "Prisen", []),
  unit("dash", "dashes", []),
  unit("Schuss", "Schuss", ["spritzer"]),
  unit("drop", "drops", []),
  unit("Tropfen", "Tropfen", []),
  unit("knob", "knobs", []),
  unit("handful", "handfuls", []),
  unit("Handvoll", "Handvoll", ["hand voll"]),

  unit("clove", "cloves", []),
  unit("Zehe", "Zehen", []),
  unit("bunch", "bunches", []),
  unit("Bund", "Bund", ["bünde"]),
  unit("sprig", "sprigs", []),
  unit("Zweig", "Zweige", []),
  unit("stalk", "stalks", []),
  unit("Stange", "Stangen", []),
  unit("Stiel", "Stiele", []),
  unit("leaf", "leaves", []),
  unit("Blatt", "Blätter", []),
  unit("head", "heads", []),
  unit("Kopf", "Köpfe", []),
  unit("slice", "slices", []),
  unit("Scheibe", "Scheiben", []),
  unit("rasher", "rashers", []),
  unit("sheet", "sheets", []),
  unit("ball", "balls", []),
  unit("Kugel", "Kugeln", []),
];

function unit(one: string, many: string, also: readonly string[], of?: string, size = 1): Unit {
  return { one, many, also, ...(of !== undefined && { of: { unit: of, size } }) };
}
