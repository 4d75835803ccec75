package dev.kindling.ade;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Which sketches a query looks at: r indices with replacement, by HMAC-SHA-256 of the query's
 * number under a key, so that nobody without the key can foretell them and whoever repeats a
 * query's task draws the same.
 */
public final class KeyedDraws {
  /** Bytes of a key. */
  public static final int KEY = 32;

  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;
  private final int sketches;
  private final int draws;

  /**
   * @param key at least {@link #KEY} bytes. Copied
   * @param sketches L
   * @param draws r
   */
  public KeyedDraws(byte[] key, int sketches, int draws) {
    if (key.length < KEY || sketches < 1 || draws < 1) {
      throw new IllegalArgumentException(
          draws + " draws of " + sketches + " by a key of " + key.length + " bytes");
    }
    this.key = new SecretKeySpec(key, ALGORITHM);
    this.sketches = sketches;
    this.draws = draws;
  }

  /** A key that nobody can foretell. */
  public static byte[] freshKey() {
    byte[] key = new byte[KEY];
    new SecureRandom().nextBytes(key);
    return key;
  }

  /**
   * A seed for the sketches themselves, which nobody can foretell without the key either.
   *
   * @param key as that of the draws
   */
  public static long seed(byte[] key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return ByteBuffer.wrap(mac.doFinal("sketches".getBytes(StandardCharsets.US_ASCII))).getLong();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  /** The indices for a query's number, which must never be used for another query. */
  public int[] of(long query) {
    int[] drawn = new int[draws];
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      ByteBuffer bytes = ByteBuffer.allocate(0);
      for (int i = 0, part = 0; i < draws; i++) {
        if (bytes.remaining() < Long.BYTES) {
          mac.update(ByteBuffer.allocate(12).putLong(query).putInt(part++).flip());
          bytes = ByteBuffer.wrap(mac.doFinal());
        }
        // Of 2^63 numbers: a bias of L/2^63.
        drawn[i] = (int) ((bytes.getLong() >>> 1) % sketches);
      }
      return drawn;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
