package dev.kindling.spark.train;

/**
 * The uid of a stage under construction. Spark's own superclasses make their Params in their
 * constructors, which run before ours can set a field, and ask for the uid then.
 */
final class StageUid {
  private static final ThreadLocal<String> NEXT = new ThreadLocal<>();

  private StageUid() {}

  /** To be called in the arguments of {@code this(…)}, and so before any constructor's body. */
  static String next(String uid) {
    NEXT.set(uid);
    return uid;
  }

  /** For the first call of {@code uid()}. */
  static String take() {
    String uid = NEXT.get();
    NEXT.remove();
    return uid;
  }
}
