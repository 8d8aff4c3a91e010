package io.ipam.address;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The operations of the golden tests. The library implements them, and so does a model that shares
 * no code with it.
 *
 * @param <S> a set of addresses of one family
 */
interface Arithmetic<S> {
    /** A rejected text. The library throws InvalidAddressException instead. */
    final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused(String text) {
            super(text);
        }
    }

    /** The union of ranges given as text. */
    S ranges(Family family, List<String> texts);

    /** The set of single addresses given as text. */
    S addresses(Family family, List<String> texts);

    /** All addresses of a prefix; null allows any family. */
    S prefix(@Nullable Family family, String text);

    /** The canonical text of a prefix whose host bits may be set. */
    String maskedText(Family family, String text);

    /** The canonical text of a prefix; fails if the text is not canonical. */
    String canonicalText(String text);

    Family familyOf(S set);

    Family familyOfAddress(String text);

    S union(S a, S b);

    S intersect(S a, S b);

    S minus(S a, S b);

    boolean overlaps(S a, S b);

    boolean containsAll(S a, S b);

    BigInteger size(S set);

    String at(S set, BigInteger ordinal);

    List<String> rangeTexts(S set);

    Optional<String> next(String address);

    Optional<String> previous(String address);

    int compare(String a, String b);
}
