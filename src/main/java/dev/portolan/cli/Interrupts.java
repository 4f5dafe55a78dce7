package dev.portolan.cli;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;

/**
 * What Ctrl-C and the signals TERM and HUP do. Until a command says something else they end the process at once, as Java does by
 * itself.
 */
class Interrupts {
    private Optional<Reaction> reaction = Optional.empty();
    private boolean happened;

    /** What a command does when it is asked to stop. */
    interface Reaction {

        /** The first time: end well. */
        void first();

        /** Ctrl-C again: end now. */
        void again();
    }

    /** From now on this happens. */
    final synchronized void react(Reaction wanted) {
        boolean installed = reaction.isPresent();
        reaction = Optional.of(wanted);
        if (!installed) {
            install();
        }
    }

    /** For a command that only ever needs the first one. */
    final void react(Runnable first) {
        react(new Reaction() {
            @Override
            public void first() {
                first.run();
            }

            @Override
            public void again() {
                first.run();
            }
        });
    }

    /** Called for each signal; {@code TERM} and {@code HUP} never count as the second Ctrl-C. */
    final void signalled(String name) {
        Optional<Reaction> now;
        boolean again;
        synchronized (this) {
            now = reaction;
            again = happened && name.equals("INT");
            if (happened && !again) {
                return;
            }
            happened = true;
        }
        now.ifPresent(known -> {
            if (again) {
                known.again();
            } else {
                known.first();
            }
        });
    }

    /** Signals have no public API in Java; this one is everywhere, and named by reflection since compilers warn of it. */
    void install() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            for (String name : List.of("INT", "TERM", "HUP")) {
                Object proxy = Proxy.newProxyInstance(
                        Interrupts.class.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                            if (method.getName().equals("handle")) {
                                // a thread of its own, so that a second signal is seen while the first is at work
                                Thread.ofPlatform().daemon().start(() -> signalled(name));
                            }
                            return null;
                        });
                signal.getMethod("handle", signal, handler)
                        .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
            }
        } catch (ReflectiveOperationException unavailable) {
            // then Ctrl-C ends the process, and the next command puts right what it left
        }
    }
}
