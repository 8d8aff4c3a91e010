package io.ipam.store.jdbc;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/** The rule of realm names. Thread safety: stateless. */
final class RealmName {
    private static final Pattern RULE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    private RealmName() {}

    /** The name, if it is valid. */
    static String verified(String realm) {
        if (!RULE.matcher(requireNonNull(realm, "realm")).matches()) {
            throw new IllegalArgumentException("realm must have 1 to 63 ASCII letters, digits, dots, underscores and "
                    + "hyphens and begin with a letter or digit, was \"" + realm + "\"");
        }
        return realm;
    }
}
