package io.ipam.store.etcd;

import static java.util.Objects.requireNonNull;

import io.ipam.store.Entry;
import io.ipam.store.UnstorableException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The keys of one realm:
 *
 * <pre>
 * PREFIX/REALM/head            the head
 * PREFIX/REALM/log/REVISION    a commit; the revision has 20 digits
 * PREFIX/REALM/meta            the settings
 * PREFIX/REALM/p/NAME          a pool
 * PREFIX/REALM/r/NAME          a reserved range
 * PREFIX/REALM/a/ADDRESS       a held address
 * PREFIX/REALM/c/ADDRESS       a cooling address
 * PREFIX/REALM/turn/PROCESS    a process that waits for its turn to commit, without a value
 * </pre>
 *
 * <p>Thread safety: immutable.
 *
 * @param root the prefix and the realm, with a slash at the end
 */
record Keys(String root) {
    private static final Pattern REALM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    static Keys of(String prefix, String realm) {
        if (!REALM.matcher(requireNonNull(realm, "realm")).matches()) {
            throw new IllegalArgumentException("realm must have 1 to 63 ASCII letters, digits, dots, underscores and "
                    + "hyphens and begin with a letter or digit, was \"" + realm + "\"");
        }
        return new Keys(prefix + "/" + realm + "/");
    }

    String head() {
        return root + "head";
    }

    String meta() {
        return root + "meta";
    }

    String turns() {
        return root + "turn/";
    }

    String log(long revision) {
        return root + String.format(Locale.ROOT, "log/%020d", revision);
    }

    String logEnd() {
        return endOf(root + "log/");
    }

    /** The revision of a key of the log; IllegalArgumentException if there is none. */
    long revision(String key) {
        long revision = Long.parseLong(key.substring(key.lastIndexOf('/') + 1));
        if (revision < 0 || !log(revision).equals(key)) {
            throw new IllegalArgumentException("the revision must have 20 digits");
        }
        return revision;
    }

    String pools() {
        return root + "p/";
    }

    String reserved() {
        return root + "r/";
    }

    String held() {
        return root + "a/";
    }

    String cooling() {
        return root + "c/";
    }

    String of(Entry entry) {
        if (entry instanceof Entry.Held held) {
            return held() + held.address();
        } else if (entry instanceof Entry.Cooling cooling) {
            return cooling() + cooling.address();
        } else if (entry instanceof Entry.OfPool of) {
            return pools() + named("pool", of.pool().name());
        } else if (entry instanceof Entry.OfReserved of) {
            return reserved() + named("reserved range", of.range().name());
        }
        throw new IllegalStateException("no key for " + entry);
    }

    /** Names in keys are not escaped, so they are human-readable; etcd stores any bytes. */
    private static String named(String kind, String name) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
            throw new UnstorableException("cannot store the " + kind + " \"" + name
                    + "\": its name has a surrogate without its partner; rename it");
        }
        return name;
    }

    /** The end, exclusive, of the keys in a folder. */
    static String endOf(String folder) {
        int last = folder.length() - 1;
        return folder.substring(0, last) + (char) (folder.charAt(last) + 1);
    }

    /** The first key after a key. */
    static String after(String key) {
        return key + '\0';
    }
}
