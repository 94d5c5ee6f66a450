/** What is bought by the piece, as one and as many. Other names stay as they are: nobody's language is guessed. */
const PIECES: readonly (readonly [one: string, many: string])[] = [
  ["apple", "apples"],
  ["avocado", "avocados"],
  ["aubergine", "aubergines"],
  ["banana", "bananas"],
  ["carrot", "carrots"],
  ["courgette", "courgettes"],
  ["cucumber", "cucumbers"],
  ["egg", "eggs"],
  ["leek", "leeks"],
  ["lemon", "lemons"],
  ["lime", "limes"],
  ["onion", "onions"],
  ["orange", "oranges"],
  ["pear", "pears"],
  ["pepper", "peppers"],
  ["potato", "potatoes"],
  ["shallot", "shallots"],
  ["tomato", "tomatoes"],
  ["Apfel", "Äpfel"],
  ["Ei", "Eier"],
  ["Gurke", "Gurken"],
  ["Kartoffel", "Kartoffeln"],
  ["Möhre", "Möhren"],
  ["Tomate", "Tomaten"],
  ["Zitrone", "Zitronen"],
  ["Zwiebel", "Zwiebeln"],
];

/** A name as it stands beside a number of pieces: `2 apples`, `½ red onion`. */
export function countedName(name: string, quantity: number): string {
  const [, before = "", last = ""] = /^(.*?)(\S+)$/su.exec(name) ?? [];
  const pair = PIECES.find((forms) => forms.some((form) => form === last));
  if (!pair) return name;
  return before + (quantity > 1 ? pair[1] : pair[0]);
}
