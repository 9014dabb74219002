/** Modules that the rules forbid unless a repository says otherwise, as they are imported: a package's name may be another one. */

/** Load for seconds, hold gigabytes. */
export const HEAVY_ML_MODULES = [
  "torch",
  "torchvision",
  "torchaudio",
  "tensorflow",
  "keras",
  "transformers",
  "sklearn",
  "lightgbm",
  "catboost",
  "jax",
  "onnxruntime",
  "onnxruntime-node",
  "@tensorflow/*",
  "@huggingface/transformers",
  "@xenova/transformers",
] as const;

export const XGBOOST_MODULES = ["xgboost", "xgboost_ray"] as const;
