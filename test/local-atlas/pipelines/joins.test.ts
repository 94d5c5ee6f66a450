import { Refusal } from "../expressions/calculate.ts";
import { type Case, describePipelines, int, long } from "./describePipelines.ts";

const JOINS: readonly Case[] = [
  [
    "by fields",
    [
      { $match: { _id: { $lte: 2 } } },
      { $lookup: { from: "items", localField: "item", foreignField: "code", as: "found" } },
      { $project: { found: "$found._id" } },
    ],
    [
      { _id: int(1), found: [int(10), int(11)] },
      { _id: int(2), found: [int(12)] },
    ],
  ],
  [
    "by fields and a pipeline together",
    [
      { $match: { _id: 1 } },
      {
        $lookup: {
          from: "items",
          localField: "item",
          foreignField: "code",
          pipeline: [{ $match: { size: { $gt: 1 } } }],
          as: "found",
        },
      },
      { $project: { found: "$found._id" } },
    ],
    [{ _id: int(1), found: [int(11)] }],
  ],
  [
    "by fields, a pipeline and variables",
    [
      { $match: { item: "a" } },
      {
        $lookup: {
          from: "items",
          localField: "item",
          foreignField: "code",
          let: { least: "$n" },
          pipeline: [{ $match: { $expr: { $gt: ["$size", "$$least"] } } }],
          as: "found",
        },
      },
      { $project: { found: "$found._id" } },
    ],
    [
      { _id: int(1), found: [int(11)] },
      { _id: int(3), found: [int(11)] },
    ],
  ],
  [
    "by a pipeline with variables",
    [
      { $match: { _id: 2 } },
      {
        $lookup: {
          from: "items",
          let: { code: "$item" },
          pipeline: [
            { $match: { $expr: { $eq: ["$code", "$$code"] } } },
            { $project: { _id: 0, twice: { $multiply: ["$size", 2] } } },
          ],
          as: "found",
        },
      },
      { $project: { found: 1 } },
    ],
    [{ _id: int(2), found: [{ twice: int(18) }] }],
  ],
  [
    "what is missing joins what is missing",
    [
      { $match: { _id: 4 } },
      { $lookup: { from: "items", localField: "item", foreignField: "code", as: "found" } },
      { $project: { found: "$found._id" } },
    ],
    [{ _id: int(4), found: [int(13)] }],
  ],
  [
    "each element of an array",
    [
      { $match: { _id: 1 } },
      { $addFields: { codes: ["a", "b"] } },
      { $lookup: { from: "items", localField: "codes", foreignField: "code", as: "found" } },
      { $project: { found: "$found._id" } },
    ],
    [{ _id: int(1), found: [int(10), int(11), int(12)] }],
  ],
  [
    "without a name for the result",
    [{ $lookup: { from: "items", localField: "a", foreignField: "b" } }],
    new Refusal(9),
  ],
  ["with one field only", [{ $lookup: { from: "items", localField: "a", as: "x" } }], new Refusal(9)],
  [
    "along references",
    [
      { $match: { _id: 1 } },
      {
        $graphLookup: {
          from: "items",
          startWith: "$item",
          connectFromField: "code",
          connectToField: "parent",
          as: "below",
          depthField: "depth",
        },
      },
      { $unwind: "$below" },
      { $replaceRoot: { newRoot: "$below" } },
      { $project: { depth: 1 } },
      { $sort: { _id: 1 } },
    ],
    [
      { _id: int(11), depth: long("0") },
      { _id: int(12), depth: long("0") },
      { _id: int(13), depth: long("1") },
    ],
  ],
  [
    "with another collection behind",
    [
      { $match: { _id: 1 } },
      { $project: { item: 1 } },
      { $unionWith: { coll: "items", pipeline: [{ $match: { _id: 13 } }] } },
    ],
    [
      { _id: int(1), item: "a" },
      { _id: int(13), parent: "b" },
    ],
  ],
];

describePipelines("joins give the documents and types of the real server:", JOINS);
