package io.ipam.crash;

import java.util.List;

/**
 * The address of one owner in one family, as far as the log of its caller determines it. A call
 * without a known outcome may take effect later, until a commit of the same owner follows. Each
 * commit depends on the one before it.
 */
final class Slot {
    static final String NONE = "";

    private final String name;
    private final List<String> findings;
    private String value = NONE;
    private long since;
    private boolean mayBeGranted;
    private boolean mayBeReleased;

    Slot(String name, List<String> findings) {
        this.name = name;
        this.findings = findings;
    }

    /** The address with its generation, or none. */
    String value() {
        return value;
    }

    /** The time of the last question about the owner. */
    long since() {
        return since;
    }

    boolean isCertain() {
        return !mayBeGranted && !mayBeReleased;
    }

    /** Accepts the next call. The address is the one of this family in its answer, or none. */
    void accept(LoggedCall call, String address) {
        since = call.asked();
        if (call.isUnknown()) {
            unknown(call);
        } else if (call.answer().equals("granted")) {
            granted(call, address);
        } else if (call.answer().equals("released")) {
            released(call, address);
        } else if (call.answer().equals("failed")) {
            findings.add(name + ": " + call);
        }
    }

    private void unknown(LoggedCall call) {
        if (call.isRelease()) {
            mayBeReleased |= !value.equals(NONE) || mayBeGranted;
        } else {
            mayBeGranted |= value.equals(NONE) || mayBeReleased;
        }
    }

    private void granted(LoggedCall call, String address) {
        if (address.equals(value)) {
            return;
        }
        if (address.equals(NONE) || (!value.equals(NONE) && !mayBeReleased)) {
            findings.add(name + " holds " + value + ", then " + call);
        }
        value = address;
        mayBeReleased &= mayBeGranted;
        mayBeGranted = false;
    }

    private void released(LoggedCall call, String address) {
        if (address.equals(NONE)) {
            notReleased(call);
            return;
        }
        if (!address.equals(value) && !mayBeGranted) {
            findings.add(name + " holds " + value + ", then " + call);
        }
        value = NONE;
        mayBeGranted = false;
        mayBeReleased = false;
    }

    private void notReleased(LoggedCall call) {
        boolean isAboutThis = call.address().isEmpty() || call.address().equals(value);
        if (isAboutThis && !value.equals(NONE)) {
            if (!mayBeReleased) {
                findings.add(name + " holds " + value + ", then " + call);
            }
            value = NONE;
        }
    }

    /** Compares with the row of the store, or none. */
    void verify(String row) {
        boolean fits = row.equals(value)
                || (row.equals(NONE) && mayBeReleased)
                || (value.equals(NONE) && mayBeGranted)
                || (mayBeGranted && mayBeReleased);
        if (!fits) {
            findings.add(name + " holds " + value + " by its caller's log, the store has " + row);
        }
    }
}
