using namespace meta;  // error: no namespace named 'meta'
