package io.ipam.json;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The keys that one kind of object has. Matching is exact, or folds case as Go's encoding/json does
 * for ASCII keys.
 *
 * <p>Cost: a look-up compares with each key. Thread safety: immutable.
 */
public final class JsonKeys {
    /** The maximum number of keys of an object: the keys seen so far are bits of a long. */
    static final int MOST = 64;

    /** A longer name is not similar to any known key. */
    private static final int LONGEST_SLIP = 64;

    /** No known key has this name. */
    static final int UNKNOWN = -1;

    private final String[] names;
    /** The names as written in a text, for comparison in place. */
    private final SerializableString[] written;

    private final boolean open;
    /** Bare names that people write, and the name of the intended key. */
    private final Map<String, String> slips;
    /** Bare names of keys that belong in another text, and the hint that names that text. */
    private final Map<String, String> elsewhere;

    private JsonKeys(String[] names, boolean open, Map<String, String> slips, Map<String, String> elsewhere) {
        this.names = names;
        this.open = open;
        this.slips = slips;
        this.elsewhere = elsewhere;
        written = Arrays.stream(names).map(SerializedString::new).toArray(SerializableString[]::new);
    }

    /**
     * Makes keys, numbered from 0. Objects that have them in this order are read fastest.
     *
     * @param names ASCII names that differ also when folded, at most 64
     * @return the keys
     */
    public static JsonKeys of(String... names) {
        if (names.length > MOST) {
            throw new IllegalArgumentException("names must have at most " + MOST + " elements, has " + names.length);
        }
        return new JsonKeys(names.clone(), false, Map.of(), Map.of());
    }

    /** {@return a copy for an object that others may extend: unknown keys are always skipped} */
    public JsonKeys open() {
        return new JsonKeys(names, true, slips, elsewhere);
    }

    /**
     * Returns a copy with words that other systems use for one of the keys. The words stay unknown,
     * and hints name the key.
     *
     * @param key the key
     * @param words the words, letters and digits in lower case
     * @return the keys
     */
    public JsonKeys alsoCalled(String key, String... words) {
        Map<String, String> more = new HashMap<>(slips);
        for (String word : words) {
            more.put(word, key);
        }
        return new JsonKeys(names, open, Map.copyOf(more), elsewhere);
    }

    /**
     * Returns a copy with words that are keys of another text. The words stay unknown, and the hint
     * names that text.
     *
     * @param hint the hint
     * @param words the words, letters and digits in lower case
     * @return the keys
     */
    public JsonKeys elsewhere(String hint, String... words) {
        Map<String, String> more = new HashMap<>(elsewhere);
        for (String word : words) {
            more.put(word, hint);
        }
        return new JsonKeys(names, open, slips, Map.copyOf(more));
    }

    /** {@return the hint for an unknown name} */
    String hint(String name) {
        int meant = meant(name);
        if (meant != UNKNOWN) {
            return "did you mean \"" + names[meant] + "\"?";
        }
        String other = name.length() > LONGEST_SLIP ? null : elsewhere.get(bare(name));
        return other == null ? "remove this one" : other;
    }

    /** {@return the names by their numbers} */
    public List<String> names() {
        return List.of(names);
    }

    boolean isOpen() {
        return open;
    }

    int size() {
        return names.length;
    }

    SerializableString written(int key) {
        return written[key];
    }

    String name(int key) {
        return names[key];
    }

    int exact(String name) {
        for (int key = 0; key < names.length; key++) {
            if (names[key].equals(name)) {
                return key;
            }
        }
        return UNKNOWN;
    }

    int folded(String name) {
        int exact = exact(name);
        if (exact != UNKNOWN) {
            return exact;
        }
        String folded = fold(name);
        for (int key = 0; key < names.length; key++) {
            if (fold(names[key]).equals(folded)) {
                return key;
            }
        }
        return UNKNOWN;
    }

    /** The name with every character folded. */
    static String fold(String name) {
        StringBuilder folded = new StringBuilder(name.length());
        for (int index = 0; index < name.length(); index++) {
            folded.append(fold(name.charAt(index)));
        }
        return folded.toString();
    }

    /** Go folds K and the Kelvin sign, S and the long s; no other character folds into ASCII. */
    private static char fold(char unit) {
        if (unit >= 'A' && unit <= 'Z') {
            return (char) (unit + ('a' - 'A'));
        }
        return switch (unit) {
            case '\u017F' -> 's';
            case '\u212A' -> 'k';
            default -> unit;
        };
    }

    /**
     * {@return the known key that a name may have meant, or empty}
     *
     * @param name an unknown name
     */
    public Optional<String> nearest(String name) {
        int key = meant(name);
        return key == UNKNOWN ? Optional.empty() : Optional.of(names[key]);
    }

    /** The known key that {@code name} may have meant, or {@link #UNKNOWN}. */
    int meant(String name) {
        if (name.length() > LONGEST_SLIP) {
            return UNKNOWN;
        }
        String bare = bare(name);
        String slip = slips.get(bare);
        if (slip != null) {
            return exact(slip);
        }
        int nearest = UNKNOWN;
        for (int key = 0; key < names.length; key++) {
            String known = bare(names[key]);
            if (known.equals(bare)) {
                return key;
            }
            if (nearest == UNKNOWN && known.length() > 3 && oneEditApart(known, bare)) {
                nearest = key;
            }
        }
        return nearest == UNKNOWN ? extended(bare) : nearest;
    }

    /** The only known key at the start of a name, as in {@code ipv4pools}; or {@link #UNKNOWN}. */
    private int extended(String bare) {
        int found = UNKNOWN;
        for (int key = 0; key < names.length; key++) {
            if (names[key].length() > 3 && bare.startsWith(bare(names[key]))) {
                if (found != UNKNOWN) {
                    return UNKNOWN;
                }
                found = key;
            }
        }
        return found;
    }

    /** Only the letters and digits, folded. */
    private static String bare(String name) {
        StringBuilder bare = new StringBuilder(name.length());
        fold(name).chars().filter(Character::isLetterOrDigit).forEach(unit -> bare.append((char) unit));
        return bare.toString();
    }

    /** Whether one character was added, dropped or replaced, or two neighbours were exchanged. */
    private static boolean oneEditApart(String one, String other) {
        int shared = 0;
        while (shared < Math.min(one.length(), other.length()) && one.charAt(shared) == other.charAt(shared)) {
            shared++;
        }
        String restOne = one.substring(shared);
        String restOther = other.substring(shared);
        return switch (one.length() - other.length()) {
            case 0 ->
                isSwapped(restOne, restOther)
                        || (restOne.substring(1).equals(restOther.substring(1)) && digitsAgree(restOne, restOther));
            case 1 -> restOne.substring(1).equals(restOther);
            case -1 -> restOther.substring(1).equals(restOne);
            default -> false;
        };
    }

    private static boolean isSwapped(String one, String other) {
        return one.length() > 1
                && one.charAt(0) == other.charAt(1)
                && one.charAt(1) == other.charAt(0)
                && one.substring(2).equals(other.substring(2));
    }

    /** {@code ipv5} is not a misspelling of {@code ipv4}. */
    private static boolean digitsAgree(String one, String other) {
        return !Character.isDigit(one.charAt(0)) || !Character.isDigit(other.charAt(0));
    }
}
