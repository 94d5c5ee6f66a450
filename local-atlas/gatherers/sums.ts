import { Double, Int32, Long } from "bson";
import { asDecimal, type Calculated } from "../bson/arithmetic.ts";
import { addDecimals, divideDecimals } from "../bson/decimalArithmetic.ts";
import { type DecimalValue, writeDecimal } from "../bson/decimals.ts";
import {
  type BsonNumber,
  fitsLong,
  intOrLong,
  isNumeric,
  numberType,
  toDecimal,
  toNumber,
  truncated,
} from "../bson/numbers.ts";
import type { Gatherer } from "./Gatherer.ts";

/** The sum of all numbers in the widest of their types; what is no number is passed over. */
export function sum(): Gatherer {
  const total = new Total();
  return { add: (value) => total.add(value), result: () => total.sum() };
}

/** The mean of all numbers: a double, or a decimal of decimals; null for none. */
export function average(): Gatherer {
  const total = new Total();
  return { add: (value) => total.add(value), result: () => total.mean() };
}

/** A sum that loses nothing on its way: whole numbers, doubles with their errors, and decimals apart. */
class Total {
  #count = 0;
  #isLong = false;
  #isDouble = false;
  #isDecimal = false;
  #whole = 0n;
  #small = 0;
  readonly #doubles = new CompensatedSum();
  #decimals: DecimalValue = { coefficient: 0n, exponent: 0 };

  add(value: unknown): void {
    if (!isNumeric(value)) return;
    this.#count++;
    if (value instanceof Int32) this.#addInt(value.value);
    else this.#addOther(value);
  }

  sum(): Calculated {
    if (this.#isDecimal) return writeDecimal(this.#decimal());
    const whole = this.#wholeTotal();
    if (this.#isDouble || !fitsLong(whole)) return new Double(this.#double());
    return this.#isLong ? Long.fromBigInt(whole) : intOrLong(whole);
  }

  mean(): Calculated | null {
    if (this.#count === 0) return null;
    if (!this.#isDecimal) return new Double(this.#double() / this.#count);
    return writeDecimal(divideDecimals(this.#decimal(), { coefficient: BigInt(this.#count), exponent: 0 }));
  }

  /** Ints are summed as JavaScript's numbers as long as those are exact. */
  #addInt(value: number): void {
    this.#small += value;
    if (Number.isSafeInteger(this.#small)) return;
    this.#whole += BigInt(this.#small);
    this.#small = 0;
  }

  #addOther(value: BsonNumber): void {
    const type = numberType(value);
    if (type === "decimal") {
      this.#isDecimal = true;
      this.#decimals = addDecimals(this.#decimals, asDecimal(value));
    } else if (type === "double") {
      this.#isDouble = true;
      this.#doubles.add(toNumber(value));
    } else {
      this.#isLong ||= type === "long";
      this.#whole += truncated(value) ?? 0n;
    }
  }

  #wholeTotal(): bigint {
    return this.#whole + BigInt(this.#small);
  }

  #double(): number {
    const whole = this.#wholeTotal();
    const near = Number(whole);
    const total = this.#doubles.copy();
    total.add(near);
    total.add(Number(whole - BigInt(near)));
    return total.value();
  }

  #decimal(): DecimalValue {
    const whole = addDecimals(this.#decimals, { coefficient: this.#wholeTotal(), exponent: 0 });
    if (!this.#isDouble) return whole;
    const [high, low] = this.#doubles.parts();
    return addDecimals(addDecimals(whole, toDecimal(new Double(high))), toDecimal(new Double(low)));
  }
}

/** A sum of doubles that keeps what rounding takes away. */
class CompensatedSum {
  #high = 0;
  #low = 0;
  /** Infinities and NaN, which have no error to keep. */
  #plain = 0;

  add(value: number): void {
    this.#plain += value;
    const next = this.#high + value;
    const part = next - this.#high;
    this.#low += this.#high - (next - part) + (value - part);
    this.#high = next;
  }

  value(): number {
    const total = this.#high + this.#low;
    return Number.isFinite(total) ? total : this.#plain;
  }

  parts(): readonly [number, number] {
    return Number.isFinite(this.#high + this.#low) ? [this.#high, this.#low] : [this.#plain, 0];
  }

  copy(): CompensatedSum {
    const copy = new CompensatedSum();
    copy.#high = this.#high;
    copy.#low = this.#low;
    copy.#plain = this.#plain;
    return copy;
  }
}
